import type { ConfigNode } from '../config/node.ts'
import { ProblemError } from '../config/problems.ts'
import { jobProblem, keyPlace } from './config-places.ts'
import { type TaskConfig, wrongType } from './task-config.ts'

/** How permutation importance is computed: `task.permutation_importance`, under scikit-learn's names. */
export interface ImportanceRole {
  readonly repeats: number
  readonly seed: number
  readonly node: ConfigNode
}

const names = ['n_repeats', 'random_state']

/** `true`, a number of repeats, or `{n_repeats, random_state}`. @throws ProblemError for anything else */
export function importanceRole(config: TaskConfig): ImportanceRole | undefined {
  const found = config.find('task.permutation_importance')
  if (!found) return undefined
  const { value: node, path } = found
  const usual = { repeats: 5, seed: 0, node }
  if (node.kind === 'scalar' && node.type === 'bool') return node.value ? usual : undefined
  if (node.kind === 'scalar' && node.type === 'int') return { ...usual, repeats: intAt(path, node, 1) }
  if (node.kind !== 'map') throw new ProblemError(wrongType(found, `true, a number of repeats or a mapping with ${names.join(', ')}`))
  const wrong = [...node.entries].find(([name]) => !names.includes(name))
  if (wrong) {
    throw new ProblemError(
      jobProblem('task/wrong-type', `${path} has no ${wrong[0]}.`, keyPlace(wrong[1].node), { hint: `It takes ${names.join(', ')}.` }),
    )
  }
  const at = (name: string, least: number, fallback: number) => {
    const entry = node.entries.get(name)
    return entry ? intAt(`${path}.${name}`, entry.node, least) : fallback
  }
  return { repeats: at('n_repeats', 1, usual.repeats), seed: at('random_state', 0, usual.seed), node }
}

function intAt(path: string, value: ConfigNode, least: number): number {
  if (value.kind === 'scalar' && value.type === 'int' && Number(value.value) >= least) return Number(value.value)
  throw new ProblemError(wrongType({ path, value }, `an integer of at least ${least}`))
}
