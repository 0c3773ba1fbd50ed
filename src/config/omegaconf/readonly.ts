import type { ConfigNode, ListNode, MapNode } from '../node.ts'
import { errorAt, OmegaConfStop } from './error.ts'
import { fullKeyOf, type PathStep, splitKey } from './key-path.ts'
import { childAt } from './select.ts'

/**
 * `OmegaConf.set_readonly(config, flag)`: changes of the config and what is in it are refused, unless something in it has a flag of its own;
 * `undefined` takes the flag away. The argument does not change.
 */
export function setReadonly<N extends MapNode | ListNode>(node: N, flag: boolean | undefined): N {
  if (flag !== undefined) return { ...node, readonly: flag }
  const { readonly: _, ...plain } = node
  return plain as N
}

/** `OmegaConf.is_readonly` of the value at `path`; undefined where no flag says anything. */
export function isReadonly(root: ConfigNode, path = ''): boolean | undefined {
  let node: ConfigNode | undefined = root
  let flag = flagOf(root)
  for (const key of path === '' ? [] : splitKey(path)) {
    node = node && childAt(node, key)
    flag = (node && flagOf(node)) ?? flag
  }
  return flag
}

export const flagOf = (node: ConfigNode): boolean | undefined => (node.kind === 'scalar' ? undefined : node.readonly)

/** OmegaConf's refusal to set a value in a container. @throws OmegaConfStop */
export function refuseChange(kind: 'map' | 'list', path: readonly PathStep[]): never {
  throw new OmegaConfStop(
    kind === 'map'
      ? errorAt('ReadonlyConfigError', 'Cannot change read-only config container', fullKeyOf(path), 'dict')
      : errorAt('ReadonlyConfigError', 'ListConfig is read-only', fullKeyOf(path), 'list'),
  )
}

/** OmegaConf's refusal to delete a value. @throws OmegaConfStop */
export function refuseDeletion(kind: 'map' | 'list', path: readonly PathStep[]): never {
  throw new OmegaConfStop(
    kind === 'map'
      ? errorAt('ReadonlyConfigError', 'DictConfig in read-only mode does not support deletion', fullKeyOf(path), 'dict')
      : errorAt('ReadonlyConfigError', 'Cannot delete item from read-only ListConfig', fullKeyOf(path), 'list'),
  )
}
