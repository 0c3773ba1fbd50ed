import type { ComposeResult } from '../config/compose-contract.ts'
import type { ConfRoot } from './conf-roots.ts'
import type { WorkspaceModel } from './workspace-model.ts'

/** A primary config of a conf root and overrides, as the custom requests name them. */
export interface ConfigChoice {
  readonly configPath: string
  readonly configName: string
  readonly overrides: readonly string[]
  readonly multirun?: boolean
}

/** The root and the composition that a choice means. A folder that is no known conf root is composed all the same. */
export function composeChoice(model: WorkspaceModel, choice: ConfigChoice): { readonly root: ConfRoot; readonly result: ComposeResult } {
  const path = choice.configPath.replace(/\/+$/, '')
  const configName = choice.configName.replace(/\.yaml$/, '')
  const known = model.roots().find(root => root.path === path)
  const root = known ?? { path, project: path.slice(0, path.lastIndexOf('/')) || '/', primaries: [configName] }
  return { root, result: model.compose(root, { ...choice, configName }) }
}
