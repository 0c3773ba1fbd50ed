import { selectValue } from '../compose/select-value.ts'
import type { MapNode } from '../node.ts'
import { nodeFromPlain, type ResolveContext } from '../omegaconf/index.ts'
import { elementProblem } from './default-problems.ts'
import { configPathOf, overrideKey, type TreeElement } from './element.ts'
import type { TreeContext } from './tree-node.ts'

interface KnownChoices {
  /** Override key -> option, as far as they were known when the list's other entries were done. */
  readonly known: ReadonlyMap<string, string | null>
  /** The entries of the list, reachable as `${defaults.0}`. */
  readonly siblings: readonly TreeElement[]
  readonly resolve: ResolveContext
}

/** Computes the option of `- group: ${other}` from the choices that are known; false (and a problem) if that cannot be done. */
export function resolveElement(
  element: TreeElement,
  choices: KnownChoices,
  { rules, report }: Pick<TreeContext, 'rules' | 'report'>,
): boolean {
  const text = element.kind === 'config' ? configPathOf(element) : (element.value as string)
  const refuse = (message: string) => {
    report(elementProblem('defaults/interpolation', message, element))
    return false
  }
  if (element.kind === 'group' && /^\$\{defaults\.\d\./.test(text)) {
    const message =
      `\nDefaults list element '${overrideKey(element, rules)}=${text}' is using a deprecated interpolation form.\n` +
      'See http://hydra.cc/docs/1.1/upgrades/1.0_to_1.1/defaults_list_interpolation for migration information.'
    if (!rules.nameInPackage) return refuse(message)
    // version_base 1.1 only warns
    report({ ...elementProblem('defaults/interpolation', message, element), severity: 'warning' })
  }
  const { known, siblings, resolve } = choices
  const defaults = siblings.map(one => (one.kind === 'config' ? configPathOf(one) : new Map([[overrideKey(one, rules), one.value]])))
  const entries: [string, unknown][] = [...known, ['defaults', defaults], [dummy, new Map([[dummy, text]])]]
  const { node, error } = selectValue(nodeFromPlain(new Map(entries)) as MapNode, `${dummy}.${dummy}`, resolve)
  if (error !== undefined || node?.kind !== 'scalar' || node.type !== 'str') {
    const keys = [...known.keys()]
    const possible = keys.length > 0 ? `, possible interpolation keys: ${keys.join(', ')}` : ''
    return refuse(`Error resolving interpolation '${text}'${possible}`)
  }
  if (element.kind === 'config') element.path = node.value as string
  else element.value = node.value as string
  return true
}

const dummy = '_dummy_'
