import { type ConfigNode, nodeFromPlain, toPlain } from '../../config/index.ts'
import type { FrozenTrial, Study } from '../../study/index.ts'
import { floatText, valueText } from '../../study/python-text.ts'
import type { SweepSpace } from './sweep-space.ts'

const float = (value: number): ConfigNode => ({ kind: 'scalar', type: 'float', value, origin: { kind: 'code' } })

/** Parameters of a trial with the types that Python gives them: a float stays one when it is whole. */
function typedParams({ params, distributions }: FrozenTrial, space: SweepSpace): readonly (readonly [string, ConfigNode])[] {
  const known = new Map(space.params.map(({ name, node }) => [name, node]))
  return [...params].map(([name, value]) => {
    const isFloat = distributions.get(name)?.name === 'FloatDistribution'
    return [name, known.get(name)?.(value) ?? (isFloat ? float(value as number) : nodeFromPlain(value))] as const
  })
}

const map = (entries: readonly (readonly [string, ConfigNode])[]): ConfigNode => ({
  kind: 'map',
  origin: { kind: 'code' },
  entries: new Map(entries.map(([name, node]) => [name, { key: { type: 'str', value: name }, node }])),
})
const list = (items: readonly ConfigNode[]): ConfigNode => ({ kind: 'list', items, origin: { kind: 'code' } })

/** `optimization_results.yaml` as hydra-optuna-sweeper writes it: the best trial, or the Pareto front of several objectives. */
export function resultsNode(study: Study, space: SweepSpace): ConfigNode {
  const name = ['name', nodeFromPlain('optuna')] as const
  if (study.directions.length < 2) {
    const best = study.bestTrial
    return map([name, ['best_params', map(typedParams(best, space))], ['best_value', float(best.values![0])]])
  }
  const solutions = study.bestTrials.map(trial =>
    map([
      ['params', map(typedParams(trial, space))],
      ['values', list(trial.values!.map(float))],
    ]),
  )
  return map([name, ['solutions', list(solutions)]])
}

/** `{'models.type.C': 0.1}`: parameters as Python prints them. */
function paramsText(trial: FrozenTrial, space: SweepSpace): string {
  return `{${typedParams(trial, space)
    .map(
      ([name, node]) =>
        `${valueText(name)}: ${node.kind === 'scalar' && node.type === 'float' ? floatText(node.value as number) : valueText(toPlain(node))}`,
    )
    .join(', ')}}`
}

/** The last lines of the sweeper's log. */
export function outcomeLines(study: Study, space: SweepSpace): readonly string[] {
  if (study.directions.length < 2) {
    const best = study.bestTrial
    return [`Best parameters: ${paramsText(best, space)}`, `Best value: ${floatText(best.values![0])}`]
  }
  const front = study.bestTrials
  return [
    `Number of Pareto solutions: ${front.length}`,
    ...front.map(trial => `    Values: [${trial.values!.map(floatText).join(', ')}], Params: ${paramsText(trial, space)}`),
  ]
}
