import { child, type MapNode, stringOf } from '../config/node.ts'
import type { ProjectModules, TargetSpec } from '../targets/contract.ts'
import { resolveTarget } from '../targets/resolve-target.ts'
import { type Outline, type PathStep, valueAt } from './outline.ts'

/** The spec of the target that the map at `path` of a file names, read from the lines: works while the text is broken. */
export function targetIn(outline: Outline, path: readonly PathStep[], modules?: ProjectModules): TargetSpec | undefined {
  const name = valueAt(outline, [...path, '_target_'])?.text ?? flowTarget(valueAt(outline, path)?.text)
  return name ? specOf(name, modules) : undefined
}

/** `{_target_: X, …}` on one line. */
const flowTarget = (text: string | undefined): string | undefined =>
  text?.startsWith('{') ? /[{,]\s*_target_:\s*([^,}\s]+)/.exec(text)?.[1] : undefined

/** The spec of the target that a composed map names. */
export function targetOf(node: MapNode, modules?: ProjectModules): TargetSpec | undefined {
  const name = stringOf(child(node, '_target_'))
  return name ? specOf(name, modules) : undefined
}

export function specOf(name: string, modules?: ProjectModules): TargetSpec | undefined {
  const resolution = resolveTarget(name, modules)
  return resolution.kind === 'spec' ? resolution.spec : undefined
}
