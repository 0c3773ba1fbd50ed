import type { Problem } from '../../config/problems.ts'
import { pathOfInterpolation } from '../interpolation-text.ts'
import type { PathStep } from '../outline.ts'
import { mightExist } from '../possible-paths.ts'
import { declaredResolvers, resolversOfMain } from '../project-resolvers.ts'
import { resolutionProblems } from '../resolved.ts'
import type { JudgedProblem, Rule, RuleSite } from './rule.ts'

/** `${nope}`: an interpolation that finds nothing in the composed config. */
export const brokenInterpolation: Rule = {
  name: 'broken interpolation',
  judge(site) {
    const { model, context, config, entries } = site
    const problems: JudgedProblem[] = []
    for (const { path, node, replaced } of entries) {
      if (replaced || node.kind !== 'scalar' || typeof node.value !== 'string' || !node.value.includes('${')) continue
      for (const problem of resolutionProblems(config, path, declaredResolvers(model, context.root)))
        problems.push(...judged(problem, path, site))
    }
    return problems
  },
}

/** What depends on the environment or on other options is no mistake of the file. */
function judged(problem: Problem, from: readonly PathStep[], { model, context }: RuleSite): readonly JudgedProblem[] {
  const variable = /Environment variable '(.*)' not found/.exec(problem.message)?.[1]
  if (variable !== undefined) return [{ ...problem, severity: 'information', hint: `It is there where the variable ${variable} is set.` }]
  // a run loads the project's module, the editor does not
  const declared = /^Unsupported interpolation type (.*)$/.exec(problem.message)?.[1]
  if (declared !== undefined && resolversOfMain(model.files, context.root.project).includes(declared)) return []
  // a value that every run has to give, as the rule of missing values says of the value itself
  if (problem.code === 'interpolation/missing-value') return [{ ...problem, severity: 'information' }]
  const python = model.app(context.root).usesHydra && problem.severity === 'error'
  // a package that is not in the project may register it
  if (python && problem.code === 'interpolation/unknown-resolver') return [{ ...problem, severity: 'warning' }]
  const missing = /^Interpolation key '(.*)' not found/.exec(problem.message)?.[1]
  if (missing === undefined) return [problem]
  const target = pathOfInterpolation(missing, from)
  if (target && mightExist(model, context.root, target)) return [{ ...problem, elsewhere: true }]
  // Python code may put keys in before it asks for the value
  return python ? [{ ...problem, severity: 'warning' }] : [problem]
}
