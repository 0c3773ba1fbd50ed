import { elementProblem } from './default-problems.ts'
import type { TreeContext } from './defaults-tree.ts'
import { configPathOf, overrideKey, type TreeElement } from './element.ts'

/**
 * Computes the option of `- group: ${other}` from the choices that are known; false (and a problem) if that cannot be done.
 * `siblings` are the entries of the same list, reachable as `${defaults.0}`.
 */
export function resolveElement(
  element: TreeElement,
  known: ReadonlyMap<string, string | null>,
  _siblings: readonly TreeElement[],
  context: TreeContext,
): boolean {
  const { rules, report } = context
  const text = element.kind === 'config' ? configPathOf(element) : (element.value as string)
  if (element.kind === 'group' && /^\$\{defaults\.\d\./.test(text)) {
    const message =
      `\nDefaults list element '${overrideKey(element, rules)}=${text}' is using a deprecated interpolation form.\n` +
      'See http://hydra.cc/docs/1.1/upgrades/1.0_to_1.1/defaults_list_interpolation for migration information.'
    report(elementProblem('defaults/interpolation', message, element))
    return false
  }
  const resolved = text.replace(/\$\{([^}]*)\}/g, (_, key: string) => known.get(key.trim()) ?? '\0')
  if (resolved.includes('\0')) {
    const keys = [...known.keys()]
    const possible = keys.length > 0 ? `, possible interpolation keys: ${keys.join(', ')}` : ''
    report(elementProblem('defaults/interpolation', `Error resolving interpolation '${text}'${possible}`, element))
    return false
  }
  if (element.kind === 'config') element.path = resolved
  else element.value = resolved
  return true
}
