import { type ConfigNode, nodeFromPlain } from '../../config/index.ts'
import type { FrozenTrial, ParamChoice, Study } from '../../study/index.ts'
import { floatText, valueText } from '../../study/python-text.ts'

const float = (value: number): ConfigNode => ({ kind: 'scalar', type: 'float', value, origin: { kind: 'code' } })

/** Parameters of a trial with the types that Python gives them: a float stays one when it is whole. */
function paramsNode({ params, distributions }: FrozenTrial): ConfigNode {
  const node = nodeFromPlain(new Map())
  if (node.kind !== 'map') return node
  const entries = new Map(node.entries)
  for (const [name, value] of params) {
    const isFloat = distributions.get(name)?.name === 'FloatDistribution'
    entries.set(name, { key: { type: 'str', value: name }, node: isFloat ? float(value as number) : nodeFromPlain(value) })
  }
  return { ...node, entries }
}

const map = (entries: readonly (readonly [string, ConfigNode])[]): ConfigNode => ({
  kind: 'map',
  origin: { kind: 'code' },
  entries: new Map(entries.map(([name, node]) => [name, { key: { type: 'str', value: name }, node }])),
})
const list = (items: readonly ConfigNode[]): ConfigNode => ({ kind: 'list', items, origin: { kind: 'code' } })

/** `optimization_results.yaml` as hydra-optuna-sweeper writes it: the best trial, or the Pareto front of several objectives. */
export function resultsNode(study: Study): ConfigNode {
  const name = ['name', nodeFromPlain('optuna')] as const
  if (study.directions.length < 2) {
    const best = study.bestTrial
    return map([name, ['best_params', paramsNode(best)], ['best_value', float(best.values![0])]])
  }
  const solutions = study.bestTrials.map(trial =>
    map([
      ['params', paramsNode(trial)],
      ['values', list(trial.values!.map(float))],
    ]),
  )
  return map([name, ['solutions', list(solutions)]])
}

/** `{'models.type.C': 0.1}`: parameters as Python prints them. */
export function paramsText({ params, distributions }: FrozenTrial): string {
  const text = (name: string, value: ParamChoice) =>
    distributions.get(name)?.name === 'FloatDistribution' ? floatText(value as number) : valueText(value)
  return `{${[...params].map(([name, value]) => `${valueText(name)}: ${text(name, value)}`).join(', ')}}`
}

/** The last lines of the sweeper's log. */
export function outcomeLines(study: Study): readonly string[] {
  if (study.directions.length < 2) {
    const best = study.bestTrial
    return [`Best parameters: ${paramsText(best)}`, `Best value: ${floatText(best.values![0])}`]
  }
  const front = study.bestTrials
  return [
    `Number of Pareto solutions: ${front.length}`,
    ...front.map(trial => `    Values: [${trial.values!.map(floatText).join(', ')}], Params: ${paramsText(trial)}`),
  ]
}
