import { elementProblem } from './default-problems.ts'
import { configPathOf, finalPackage, type TreeElement } from './element.ts'
import type { TreeContext, TreeNode } from './tree-node.ts'

/** A chain of configs longer than this brings itself in. */
export const deepestDefaults = 300
/** More entries than this in one composition are refused. */
export const mostDefaults = 100_000

/** Notices that the lists of a composition have no end, or none worth waiting for. */
export class TreeLimits {
  private count = 0
  private stopped = false
  private readonly context: TreeContext

  constructor(context: TreeContext) {
    this.context = context
  }

  /** Counts a config that was brought in; true, with a problem the first time, when no more are looked at. */
  exceeded(node: TreeNode, element: TreeElement): boolean {
    if (this.stopped) return true
    const { report, rules } = this.context
    const path = configPathOf(element)
    const pkg = finalPackage(element, rules)
    let depth = 0
    let before = 0
    for (let up = node.parent; up?.element; up = up.parent) {
      // once is no circle: the primary config has entries of the command line, and an `override` on the way may choose otherwise
      if (configPathOf(up.element) === path && finalPackage(up.element, rules) === pkg) before++
      if (before > 1 || ++depth > deepestDefaults) {
        this.stopped = true
        const message = `In '${path}': the defaults lists bring the config in again and again`
        report(elementProblem('defaults/cycle', message, element, { hint: 'take one of the entries out of its list' }))
        return true
      }
    }
    if (++this.count <= mostDefaults) return false
    this.stopped = true
    report(elementProblem('defaults/too-many', `The defaults lists bring in more than ${mostDefaults} configs`, element))
    return true
  }
}
