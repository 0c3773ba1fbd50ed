import type { ConfigNode } from '../config/node.ts'
import { plainProblem } from '../config/problems.ts'
import { type ConfigChoice, composeChoice } from './config-choice.ts'
import type { OverrideCheck } from './contract.ts'
import { targetOf } from './target-at.ts'
import { targetNodes, targetProblems } from './target-problems.ts'
import type { WorkspaceModel } from './workspace-model.ts'

/** Whether overrides compose to something that could run, and whether that would be a study. */
export function checkOverrides(model: WorkspaceModel, choice: ConfigChoice): OverrideCheck {
  const { root, result } = composeChoice(model, choice)
  const modules = model.modules(root)
  const problems = [...result.problems]
  if (result.config) for (const path of targetNodes(result.config.task)) problems.push(...targetProblems(result.config, path, modules))
  const study = result.config !== undefined && awaitsTrial(result.config.task)
  return { problems: problems.map(plainProblem), study }

  function awaitsTrial(node: ConfigNode): boolean {
    if (node.kind === 'list') return node.items.some(awaitsTrial)
    if (node.kind !== 'map') return false
    const spec = targetOf(node, modules)
    return spec?.study === true || spec?.kind === 'distribution' || [...node.entries.values()].some(({ node: value }) => awaitsTrial(value))
  }
}
