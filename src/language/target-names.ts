import type { ProjectModules, TargetSpec } from '../targets/contract.ts'

/** A name that may stand behind `_target_`; `spec` is absent for an export of the project. */
export interface TargetName {
  readonly name: string
  readonly spec?: TargetSpec
}

/** What `main` stands for where the project has no module of its own: its recipes, and estimators by their last name. */
const shortKinds: ReadonlySet<string> = new Set(['classifier', 'regressor', 'transformer'])

/** Names to offer: the project's exports, the prelude's names as configs use them, and full names. */
export function targetNames(registry: readonly TargetSpec[], modules: ProjectModules): readonly TargetName[] {
  const names = new Map<string, TargetName>()
  for (const [module, exports] of modules.exports) for (const name of exports) names.set(`${module}.${name}`, { name: `${module}.${name}` })
  for (const spec of registry) {
    const last = spec.name.slice(spec.name.lastIndexOf('.') + 1)
    const short =
      spec.kind === 'recipe'
        ? `${spec.study ? 'main-multirun' : 'main'}.${last}`
        : shortKinds.has(spec.kind) && !spec.name.startsWith('ml-')
          ? `main.${last}`
          : undefined
    if (short && !names.has(short)) names.set(short, { name: short, spec })
    if (spec.kind !== 'recipe') names.set(spec.name, { name: spec.name, spec })
  }
  return [...names.values()]
}
