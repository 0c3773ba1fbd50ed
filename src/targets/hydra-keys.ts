import { type ConfigNode, child, type MapNode, type ScalarNode, stringOf } from '../config/node.ts'
import type { Severity } from '../config/problems.ts'
import { messageText } from './node-value.ts'

/** Hydra's own keys of a target node. */
export interface HydraKeys {
  readonly partial: boolean
  readonly recursive: boolean
  readonly args: readonly ConfigNode[]
  /** Wrong uses, in Hydra's words: of flags, and of `_args_`, which Hydra looks at when it has built what is inside. */
  readonly complaints: readonly {
    readonly late?: boolean
    readonly message: string
    readonly at: ConfigNode
    readonly hint?: string
    readonly severity?: Severity
  }[]
}

export const hydraKeys = new Set(['_target_', '_args_', '_partial_', '_recursive_', '_convert_'])
const conversions = ['none', 'partial', 'object', 'all']

/** Reads `_args_`, `_partial_`, `_recursive_` and `_convert_`; the last has no effect, since nothing here is an OmegaConf container. */
export function readHydraKeys(node: MapNode): HydraKeys {
  const complaints: { message: string; at: ConfigNode; late?: boolean; hint?: string; severity?: Severity }[] = []
  const flag = (key: string, fallback: boolean): boolean => {
    const value = child(node, key)
    if (!value) return fallback
    if (value.kind === 'scalar' && value.type === 'bool') return value.value as boolean
    complaints.push({
      message: `Instantiation: ${key} flag must be a bool, got <class '${pythonType(value)}'>`,
      at: value,
      hint: 'Write true or false.',
    })
    return fallback
  }
  const recursive = flag('_recursive_', true)
  const partial = flag('_partial_', false)
  const convert = child(node, '_convert_')
  const given = child(node, '_args_')
  // Python takes a text apart into its letters
  const letters = given?.kind === 'scalar' && given.type === 'str' ? [...(given.value as string)] : undefined
  if (given && given.kind !== 'list' && !letters) {
    complaints.push({
      late: true,
      message: `Unsupported _args_ type: '${isConverted(convert) && given.kind === 'map' ? 'dict' : pythonType(given)}'. value: '${messageText(given)}'`,
      at: given,
      hint: 'Write a list: _args_: [value].',
    })
  }
  if (convert && !conversions.includes(stringOf(convert)?.toLowerCase() ?? '')) {
    complaints.push({
      message: `Unknown _convert_: ${messageText(convert)}`,
      at: convert,
      hint: `It is one of ${conversions.join(', ')}; Hydra takes any other for none.`,
      severity: 'warning',
    })
  }
  return {
    partial,
    recursive,
    args: given?.kind === 'list' ? given.items : (letters ?? []).map(value => ({ ...(given as ScalarNode), value })),
    complaints,
  }
}

const isConverted = (convert: ConfigNode | undefined) => /^(?:partial|object|all)$/i.test(stringOf(convert) ?? '')

/** Python's name of a node's type. */
export function pythonType(node: ConfigNode): string {
  if (node.kind === 'list') return 'ListConfig'
  if (node.kind === 'map') return 'DictConfig'
  return node.type === 'null' ? 'NoneType' : node.type
}
