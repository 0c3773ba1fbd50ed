import type { ComposedConfig } from '../config/compose-contract.ts'
import type { ConfigNode } from '../config/node.ts'
import { stringOf } from '../config/node.ts'
import type { SourceText, Span } from '../config/source-text.ts'
import type { ConfRoot } from './conf-roots.ts'
import { nodeAt } from './origin-index.ts'
import { resolvePath } from './paths.ts'
import { resolvedNode } from './resolved.ts'
import { roleKeys } from './task-roles.ts'
import type { WorkspaceModel } from './workspace-model.ts'

/** The value that plays a role, and the key at which it was found. */
export interface RoleValue {
  readonly key: string
  readonly node: ConfigNode
  readonly text: string
  /** Where it is written: for a reference, where the reference stands. */
  readonly span?: Span
}

/** The text that plays a role in a config; undefined when nothing does or it is no text. */
export function roleValue(config: ComposedConfig, role: keyof typeof roleKeys): RoleValue | undefined {
  for (const key of roleKeys[role]) {
    const path = key.split('.')
    const written = nodeAt(config.task, path)
    if (!written || (written.kind === 'scalar' && written.type === 'null')) continue
    const text = stringOf(resolvedNode(config, path))
    if (text === undefined || text === '???') return undefined
    const { span } = written.origin
    return { key, node: written, text, ...(span ? { span } : {}) }
  }
  return undefined
}

/** The data file of a role: where it should be, and its text when it is there. */
export function dataOf(model: WorkspaceModel, root: ConfRoot, value: RoleValue): { readonly path: string; readonly source?: SourceText } {
  const path = resolvePath(root.project, value.text)
  const source = model.files.read(path)
  return { path, ...(source ? { source } : {}) }
}
