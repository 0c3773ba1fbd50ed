import type { Problem } from '../../config/problems.ts'
import { resolutionProblems } from '../resolved.ts'
import type { Rule } from './rule.ts'

/** `${nope}`: an interpolation that finds nothing in the composed config. */
export const brokenInterpolation: Rule = {
  name: 'broken interpolation',
  judge({ model, context, config, entries }) {
    const problems: Problem[] = []
    for (const { path, node, replaced } of entries) {
      if (replaced || node.kind !== 'scalar' || typeof node.value !== 'string' || !node.value.includes('${')) continue
      problems.push(...resolutionProblems(config, path, model.pythonResolvers(context.root)))
    }
    return problems
  },
}
