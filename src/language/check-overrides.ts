import type { ConfigNode } from '../config/node.ts'
import { type Fix, plainProblem } from '../config/problems.ts'
import { type ConfigChoice, composeChoice } from './config-choice.ts'
import type { OverrideCheck, OverrideFix } from './contract.ts'
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
  const first = problems.find(({ severity }) => severity === 'error')
  const fixes = (first?.fixes ?? []).flatMap(fix => overrideFix(fix, choice.overrides) ?? [])
  return { problems: problems.map(plainProblem), study, ...(fixes.length > 0 ? { fixes } : {}) }

  function awaitsTrial(node: ConfigNode): boolean {
    if (node.kind === 'list') return node.items.some(awaitsTrial)
    if (node.kind !== 'map') return false
    const spec = targetOf(node, modules)
    return spec?.study === true || spec?.kind === 'distribution' || [...node.entries.values()].some(({ node: value }) => awaitsTrial(value))
  }
}

/** A fix that changes one override, as the text that the override would be. */
function overrideFix({ title, edits }: Fix, overrides: readonly string[]): OverrideFix | undefined {
  const override = Number(/^override\[(\d+)\]$/.exec(edits[0]?.span.source.path ?? '')?.[1] ?? Number.NaN)
  if (overrides[override] === undefined || edits.some(({ span }) => span.source.path !== edits[0].span.source.path)) return undefined
  const text = edits
    .toSorted((a, b) => b.span.start - a.span.start)
    .reduce((result, { span, newText }) => result.slice(0, span.start) + newText + result.slice(span.end), overrides[override])
  return { title, override, text }
}
