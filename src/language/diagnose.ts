import type { Problem } from '../config/problems.ts'
import { type ReadYaml, readYaml } from '../config/yaml/read-yaml.ts'
import { placeOf } from './conf-tree.ts'
import { type ComposingContext, contextsOf } from './contexts.ts'
import type { Diagnostic } from './contract.ts'
import { schemaProblems } from './diagnose-schema.ts'
import { entriesOf } from './origin-index.ts'
import { fileRangeOf, rangeOf } from './positions.ts'
import { judgedForPython } from './python-judgement.ts'
import { rules } from './rules/index.ts'
import type { JudgedProblem } from './rules/rule.ts'
import type { WorkspaceModel } from './workspace-model.ts'

/** What one composition says about a file: problems by what found them. A finder that could not tell is absent. */
type Verdict = { readonly context: ComposingContext; readonly byFinder: ReadonlyMap<string, readonly JudgedProblem[]> }

/**
 * What is wrong with a config file. A problem counts when every composition that can tell has it; one that only some have is
 * information that names them, and one that goes away as soon as other groups are chosen is none.
 */
export function diagnose(model: WorkspaceModel, path: string): readonly Diagnostic[] {
  const source = model.files.read(path)
  const root = model.rootOf(path)
  if (!root) return diagnostics(schemaProblems(model, path), path)
  const place = placeOf(root, path)
  if (!source || !place) return []
  const own = readYaml(source, model.cache)
  if (own.problems.some(({ severity }) => severity === 'error')) return diagnostics(own.problems, path)
  const contexts = contextsOf(model, path)
  const alone = contexts.filter(({ partners }) => !partners)
  const verdicts = alone.map(context => judge(model, context, path, own))
  const isPrimary = place.group === ''
  if (isPrimary || verdicts.some(hasErrors)) {
    for (const context of contexts) if (context.partners) verdicts.push(judge(model, context, path, own))
  }
  const app = model.app(root)
  const counted = agreed(composable(verdicts), { isPrimary }).flatMap(problem => judgedForPython(withoutPartners(problem), app) ?? [])
  return diagnostics(counted, path)
}

function judge(model: WorkspaceModel, context: ComposingContext, path: string, own: ReadYaml): Verdict {
  const { config, problems } = model.compose(context.root, context)
  const byFinder = new Map<string, readonly JudgedProblem[]>()
  // `- models: ???` is told by a rule: in these compositions it has been chosen already.
  const inFile = (found: readonly JudgedProblem[]) => found.filter(problem => problem.locations[0]?.span.source.path === path)
  const composing = inFile(notElsewhere(problems)).filter(({ code }) => code !== 'defaults/mandatory-option')
  const reached = config?.files.includes(path) ?? false
  if (reached || composing.length) byFinder.set('composition', [...composing, ...own.problems])
  if (!config || !reached) return { context, byFinder }
  const entries = entriesOf(config, path)
  for (const rule of rules) {
    const found = rule.judge({ model, context, config, path, entries })
    if (found) byFinder.set(rule.name, inFile(found))
  }
  return { context, byFinder }
}

/** Where a part of `hydra.searchpath` is not found here, a Python package say, what is missing may be there. */
function notElsewhere(problems: readonly Problem[]): readonly Problem[] {
  const missing = problems.filter(({ code }) => code === 'config/searchpath-missing')
  if (!missing.length) return problems
  const hint = `It may be in the part of hydra.searchpath that is not found here: ${missing.map(({ message }) => /path=(.*) is not/.exec(message)?.[1]).join(', ')}`
  return problems.map(problem =>
    problem.code === 'defaults/unknown-option' || problem.code === 'defaults/unknown-config'
      ? { ...problem, severity: 'information', hint }
      : problem,
  )
}

const hasErrors = ({ byFinder }: Verdict): boolean =>
  byFinder.size === 0 || [...byFinder.values()].some(problems => problems.some(({ severity }) => severity === 'error'))

/**
 * An option can be chosen through each group above it (`solver=musicgen/debug` for `solver/musicgen=debug`), which changes what its list
 * means. Where it composes in one of these ways it is meant so, and the other ways have no say.
 */
function composable(verdicts: readonly Verdict[]): readonly Verdict[] {
  const fails = ({ byFinder }: Verdict) => byFinder.get('composition')?.some(({ severity }) => severity === 'error') ?? true
  const ways = verdicts.filter(({ context }) => context.through !== undefined)
  const working = ways.filter(verdict => !fails(verdict)).map(({ context }) => context)
  if (!working.length) return verdicts
  const works = new Set(working.map(({ through }) => through))
  const takers = new Set(working.map(({ configName }) => configName))
  // An experiment is written for the primary config that has the groups it overrides: others (`eval`) were never meant.
  const noPlace = ({ context, byFinder }: Verdict) =>
    !takers.has(context.configName) && (byFinder.get('composition') ?? []).some(({ code }) => code === 'defaults/unused-override')
  return verdicts.filter(verdict => verdict.context.through === undefined || (works.has(verdict.context.through) && !noPlace(verdict)))
}

/** Problems on which all compositions that can tell agree; the others become information or go. */
function agreed(verdicts: readonly Verdict[], { isPrimary }: { readonly isPrimary: boolean }): readonly JudgedProblem[] {
  const found = new Map<string, { problem: JudgedProblem; finder: string; contexts: ComposingContext[] }>()
  for (const { context, byFinder } of verdicts) {
    for (const [finder, problems] of byFinder) {
      for (const problem of problems) {
        const key = keyOf(problem)
        const known = found.get(key)
        if (!known) found.set(key, { problem, finder, contexts: [context] })
        else if (!known.contexts.includes(context)) known.contexts.push(context)
      }
    }
  }
  const kept: JudgedProblem[] = []
  for (const { problem, finder, contexts } of found.values()) {
    const judges = verdicts.filter(({ byFinder }) => byFinder.has(finder)).map(({ context }) => context)
    // Somebody who runs the file chooses the open groups too: compositions with partners have the say where there are any.
    // A primary config has to compose by itself.
    const byItself = isPrimary && finder === 'composition'
    const withPartners = byItself ? [] : judges.filter(({ partners }) => partners)
    const deciding = withPartners.length ? withPartners : byItself ? judges.filter(({ partners }) => !partners) : judges
    const failing = deciding.filter(context => contexts.includes(context))
    if (failing.length === deciding.length) kept.push(problem)
    else if (failing.length && problem.severity !== 'information') kept.push(onlyIn(problem, failing))
  }
  return kept
}

/** What other options set is missing only as long as they are not chosen. */
const withoutPartners = ({ elsewhere, ...problem }: JudgedProblem): Problem =>
  elsewhere && problem.severity === 'error'
    ? { ...problem, severity: 'information', hint: 'Other options of the conf tree set it.' }
    : problem

/** One problem, whichever composition found it: its code and place. */
const keyOf = ({ code, locations: [first] }: Problem): string => `${code} ${first?.span.start} ${first?.span.end}`

const onlyIn = (problem: Problem, contexts: readonly ComposingContext[]): Problem => ({
  ...problem,
  severity: 'information',
  hint: [problem.hint, `only when composed as ${contexts.map(({ label }) => label).join('; ')}`].filter(Boolean).join('\n'),
})

function diagnostics(problems: readonly Problem[], path: string): readonly Diagnostic[] {
  return problems
    .filter(({ locations }) => locations[0]?.span.source.path === path)
    .map(toDiagnostic)
    .sort((a, b) => a.range.start.line - b.range.start.line || a.range.start.character - b.range.start.character)
}

function toDiagnostic({ code, severity, message, locations, hint, fixes = [] }: Problem): Diagnostic {
  const [first, ...others] = locations
  return {
    code,
    severity,
    range: rangeOf(first.span),
    message: [withoutSearchPath(message), hint].filter(Boolean).join('\n'),
    related: others
      .filter(({ span }) => isFile(span.source.path))
      .map(({ span, note }) => ({ ...fileRangeOf(span), message: note ?? 'see also' })),
    fixes: fixes
      .filter(({ edits }) => edits.every(({ span }) => isFile(span.source.path)))
      .map(({ title, edits }) => ({ title, edits: edits.map(({ span, newText }) => ({ ...fileRangeOf(span), newText })) })),
  }
}

/** Folders of this machine say nothing to somebody who looks at the file; some of Hydra's messages begin with an empty line. */
const withoutSearchPath = (message: string): string => message.replace(/\n*Config search path:[\s\S]*$/, '').trim()

const isFile = (path: string): boolean => !path.startsWith('override[') && !path.startsWith('pkg://')
