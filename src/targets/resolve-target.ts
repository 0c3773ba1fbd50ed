import { nearest } from '../config/nearest.ts'
import { isBlocked } from './blocked-targets.ts'
import type { ProjectModules, Resolution, TargetKind, TargetSpec } from './contract.ts'
import { knownNames } from './known-names.ts'
import { insteadOfKnown } from './nearest-known.ts'
import { lastSegment, modulePart, registry } from './registry.ts'

const byFullName = new Map<string, TargetSpec>()
const byLastSegment = new Map<string, TargetSpec[]>()
for (const spec of registry) {
  for (const name of [spec.name, ...(spec.aliases ?? [])]) byFullName.set(name, spec)
  const last = lastSegment(spec.name)
  byLastSegment.set(last, [...(byLastSegment.get(last) ?? []), spec])
}
const libraries = new Set([
  'sklearn',
  'feature_engine',
  'optuna',
  'builtins',
  'hydra',
  'ml-logistic-regression',
  'ml-random-forest',
  'fitwright',
])

/**
 * What a target's name means: an export of the project, a row of the registry by its full name, or one by its last segment
 * (`main.LogisticRegression`, `main-multirun.log_reg`). Never throws.
 */
export function resolveTarget(name: string, modules?: ProjectModules): Resolution {
  const module = modulePart(name)
  const last = lastSegment(name)
  if (module && modules?.exports.get(module)?.includes(last)) return { kind: 'project', module, name: last }
  if (isBlocked(name)) return { kind: 'blocked', name }
  const exact = byFullName.get(name)
  if (exact) return { kind: 'spec', spec: exact }
  // A library's module has its own names only: `sklearn.svm.LogisticRegression` is a mistake, `main.LogisticRegression` is not.
  const library = libraries.has(module.split('.')[0])
  const foreign = modules?.isForeign?.(name) ?? false
  const spec = library || foreign ? undefined : bySegment(last, module)
  if (spec) return { kind: 'spec', spec }
  const known = knownNames()
  const full = known.has(name) || library || foreign ? name : [...known.keys()].find(candidate => lastSegment(candidate) === last)
  const kind = full === undefined ? undefined : known.get(full)
  if (kind) return { kind: 'known', name: full!, nearest: builtInLike(full!, kind) }
  return { kind: 'unknown', nearest: nearTargets(name, library, modules) }
}

/** All names under which a spec stands for a last segment; `multirun` in the module's name asks for the recipe that searches. */
export function bySegment(last: string, module: string): TargetSpec | undefined {
  const candidates = byLastSegment.get(last) ?? []
  if (candidates.length < 2) return candidates[0]
  const searching = /multi[-_]?run/i.test(module)
  return candidates.find(spec => spec.kind === 'recipe' && Boolean(spec.study) === searching) ?? candidates[0]
}

/** The recipe of the same name that searches, or the one that does not. */
export function twinOf(spec: TargetSpec): TargetSpec | undefined {
  if (spec.kind !== 'recipe') return undefined
  return byLastSegment.get(lastSegment(spec.name))?.find(other => other.kind === 'recipe' && Boolean(other.study) !== Boolean(spec.study))
}

function nearTargets(name: string, library: boolean, modules?: ProjectModules): readonly string[] {
  const module = modulePart(name)
  const last = lastSegment(name)
  const instead = insteadOfKnown(last)
  if (instead) return fullNames(instead)
  const full = [...byFullName.keys()].filter(candidate => !candidate.startsWith('fitwright.') && !/\._/.test(candidate))
  if (library) {
    // The right name in the wrong module: no other name is meant.
    const same = full.filter(candidate => lastSegment(candidate) === last && candidate.split('.')[0] === module.split('.')[0])
    if (same.length) return same.slice(0, 3)
    const near = new Set(nearest(last, full.map(lastSegment)))
    const inLibrary = full.filter(candidate => near.has(lastSegment(candidate)) && candidate.split('.')[0] === module.split('.')[0])
    return inLibrary.length ? inLibrary.slice(0, 3) : full.filter(candidate => near.has(lastSegment(candidate))).slice(0, 3)
  }
  const own = modules?.exports.get(module) ?? []
  const near = nearest(last, [...own, ...byLastSegment.keys()])
  return module
    ? near.map(candidate => `${module}.${candidate}`)
    : near.map(candidate => byLastSegment.get(candidate)?.[0].name ?? candidate)
}

/** Last segments as the names that users import. */
const fullNames = (lasts: readonly string[]): readonly string[] => lasts.flatMap(last => byLastSegment.get(last)?.[0].name ?? [])

/** Built-in targets that do a similar job: of the same kind, first those of the same module, then those with a similar name. */
function builtInLike(name: string, kind: TargetKind | 'estimator'): readonly string[] {
  const instead = insteadOfKnown(lastSegment(name))
  if (instead) return fullNames(instead)
  // A scaler is not near to a clustering, nor one way to cut rows to a test of columns.
  if (/^sklearn\.(cluster|manifold|model_selection|neighbors\.\w+Transformer$)/.test(name)) return []
  const module = modulePart(name)
  const candidates = registry.filter(spec => spec.kind === kind && libraries.has(spec.name.split('.')[0]) && !spec.name.startsWith('ml-'))
  const similar = nearest(
    lastSegment(name),
    candidates.map(spec => lastSegment(spec.name)),
  )
  const rank = (spec: TargetSpec) =>
    (modulePart(spec.name) === module ? 0 : 4) + (similar.includes(lastSegment(spec.name)) ? similar.indexOf(lastSegment(spec.name)) : 3)
  return [...candidates]
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, 3)
    .map(spec => spec.name)
}
