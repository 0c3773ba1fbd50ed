import type { Problem } from '../../config/problems.ts'
import type { Rule } from './rule.ts'

/** `n_trials: ???`: a value that every run has to give. Legal, and worth knowing. */
export const missingValue: Rule = {
  name: 'missing value',
  judge({ entries }) {
    const problems: Problem[] = []
    for (const { path, node, replaced, value } of entries) {
      if (replaced || !value || node.kind !== 'scalar' || node.value !== '???' || path[0] === 'hydra') continue
      const key = path.join('.')
      problems.push({
        code: 'config/missing-value',
        severity: 'information',
        message: `Missing mandatory value: ${key}`,
        locations: [{ span: value }],
        hint: `Give it a value in the file or on the command line: ${key}=…`,
      })
    }
    return problems
  },
}
