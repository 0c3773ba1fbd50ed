import { listGroups } from '../config/sources/list-groups.ts'
import { type ConfRoot, isIgnoredFolder } from './conf-roots.ts'
import { joinPath, relativeTo } from './paths.ts'
import type { WorkspaceModel } from './workspace-model.ts'

/** A config file as a place in the conf tree: `models/rf` is option `rf` of group `models`. */
export interface ConfigPlace {
  /** `models/rf` */
  readonly config: string
  /** `models`, empty for a primary config. */
  readonly group: string
  /** `rf` */
  readonly option: string
}

/** Which config of the root a file is; undefined for what Hydra never reads. */
export function placeOf(root: ConfRoot, path: string): ConfigPlace | undefined {
  if (!path.endsWith('.yaml')) return undefined
  const config = relativeTo(root.path, path).slice(0, -'.yaml'.length)
  if (config.startsWith('/')) return undefined
  const slash = config.lastIndexOf('/')
  return { config, group: slash < 0 ? '' : config.slice(0, slash), option: config.slice(slash + 1) }
}

export const fileOf = (root: ConfRoot, config: string): string => joinPath(root.path, `${config}.yaml`)

/** Groups of the root with their options, in Hydra's order. `` is the root itself. */
export function groupsOf(model: WorkspaceModel, root: ConfRoot): ReadonlyMap<string, readonly string[]> {
  return model.perTree(`groups ${root.path}`, () => {
    const groups = new Map<string, readonly string[]>([['', root.primaries]])
    for (const { group, options } of listGroups(model.files, { configPath: root.path })) {
      if (!group.split('/').some(isIgnoredFolder)) groups.set(group, options)
    }
    return groups
  })
}

/** Groups of Hydra itself (`hydra/launcher`, …) with their options. */
export const hydraGroupsOf = (model: WorkspaceModel, root: ConfRoot): ReadonlyMap<string, readonly string[]> =>
  model.perTree(
    `hydra groups ${root.path}`,
    () =>
      new Map(
        listGroups(model.files, { configPath: root.path, hydra: true })
          .filter(({ group, options }) => group.startsWith('hydra/') && options.length > 0)
          .map(({ group, options }) => [group, options]),
      ),
  )

/** All config files of a root; an option without one is a schema's. */
export const filesOf = (model: WorkspaceModel, root: ConfRoot): readonly string[] =>
  [...groupsOf(model, root)].flatMap(([group, options]) =>
    options.map(option => fileOf(root, group ? `${group}/${option}` : option)).filter(file => model.files.read(file) !== undefined),
  )
