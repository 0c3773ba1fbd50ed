import { child } from '../../config/node.ts'
import { nodeAt } from '../origin-index.ts'
import type { PathStep } from '../outline.ts'
import { targetProblems } from '../target-problems.ts'
import type { Rule, RuleSite } from './rule.ts'

/** Unknown targets, unknown or missing parameters, values that a target does not take: what the registry says, as in a run. */
export const targetParameters: Rule = {
  name: 'target parameters',
  judge(site) {
    const modules = site.model.modules(site.context.root)
    return outermostTargets(site).flatMap(path => targetProblems(site.config, path, modules))
  },
}

/** Paths of the outermost targets in which the file has a say. */
function outermostTargets({ config, entries }: RuleSite): readonly (readonly PathStep[])[] {
  const found = new Map<string, readonly PathStep[]>()
  for (const { path, replaced } of entries) {
    if (replaced || path[0] === 'hydra') continue
    for (let length = 0; length <= path.length; length++) {
      const above = path.slice(0, length)
      const node = nodeAt(config.task, above)
      if (!node || !child(node, '_target_')) continue
      found.set(JSON.stringify(above), above)
      break
    }
  }
  return [...found.values()]
}
