import { type ConfigNode, child, type MapNode, type ScalarNode } from '../config/node.ts'
import { ProblemError } from '../config/problems.ts'
import { Float, foldsOf, KFold, type Splitter, StratifiedKFold, type Target } from '../learn/index.ts'
import type { Instantiate } from '../targets/contract.ts'
import { JobFailure, jobProblem, keyPlace, placesOf } from './config-places.ts'
import { type FoundValue, integerAt, nameAt, type TaskConfig, wrongType } from './task-config.ts'

/** Parameters of `train_test_split`, for data without a test file. */
export interface SplitRole {
  readonly testSize?: number | Float
  readonly trainSize?: number | Float
  readonly randomState?: number
  readonly shuffle?: boolean
  /** Column whose values keep their shares; `true` means the target. */
  readonly stratify?: string | true
  /** Where each parameter is written, under scikit-learn's name. */
  readonly nodes: Readonly<Record<string, ConfigNode>>
}

/** How training data is cut into folds that judge by turns. */
export interface CvRole {
  readonly node: ConfigNode
  /** @throws JobFailure or LearnError when the parameters are wrong */
  splitter(y: Target, about: { readonly classifier: boolean; readonly instantiate: Instantiate }): Splitter
}

const sizes = ['test_size', 'train_size', 'stratify', 'shuffle'] as const

/**
 * How rows are held out; undefined where `cv` alone judges.
 *
 * @throws ProblemError for values of a wrong type
 */
export function splitRole(config: TaskConfig, hasCv: boolean): SplitRole | undefined {
  const found = Object.fromEntries([...sizes, 'random_state'].map(name => [name, config.find(`task.${name}`)]))
  const { test_size, train_size, stratify, shuffle, random_state } = found
  if (hasCv && !test_size && !train_size) return undefined
  const testSize = sizeAt(test_size)
  const trainSize = sizeAt(train_size)
  const randomState = integerAt(random_state, { least: 0 })
  const mixes = boolAt(shuffle)
  const column = stratifyAt(stratify)
  return {
    ...(testSize === undefined ? {} : { testSize }),
    ...(trainSize === undefined ? {} : { trainSize }),
    ...(randomState === undefined ? {} : { randomState }),
    ...(mixes === undefined ? {} : { shuffle: mixes }),
    ...(column === undefined ? {} : { stratify: column }),
    nodes: Object.fromEntries(Object.entries(found).flatMap(([name, value]) => (value ? [[name, value.value]] : []))),
  }
}

/** Nothing is held out beside a test file. @throws ProblemError when the config asks for it */
export function refuseSplit(config: TaskConfig): undefined {
  const asked = sizes.map(name => config.find(`task.${name}`)).find(found => found !== undefined)
  if (!asked) return
  throw new ProblemError(
    jobProblem('task/split-beside-test', `${asked.path} has no effect: the config names a test file.`, placesOf(asked.value), {
      hint: 'Leave it out, or take the test file away (~preprocess.data_test) to hold rows out.',
    }),
  )
}

/** A whole float is a share, an int a number of rows. */
function sizeAt(found: FoundValue | undefined): number | Float | undefined {
  if (!found) return undefined
  const { value } = found
  if (value.kind === 'scalar' && value.type === 'int') return Number(value.value)
  if (value.kind === 'scalar' && value.type === 'float') return new Float(value.value as number)
  throw new ProblemError(wrongType(found, 'a share of the rows or their number'))
}

function boolAt(found: FoundValue | undefined): boolean | undefined {
  if (!found) return undefined
  const { value } = found
  if (value.kind === 'scalar' && value.type === 'bool') return value.value as boolean
  throw new ProblemError(wrongType(found, 'true or false'))
}

function stratifyAt(found: FoundValue | undefined): string | true | undefined {
  if (found?.value.kind === 'scalar' && found.value.type === 'bool') return found.value.value ? true : undefined
  return nameAt(found)
}

/** `task.cv`: a number, `{n_splits, shuffle, random_state}`, or a `_target_`. */
export function cvRole(config: TaskConfig): CvRole | undefined {
  const found = config.find('task.cv')
  if (!found) return undefined
  const { value: node } = found
  if (node.kind === 'scalar' && node.type === 'int') {
    return { node, splitter: (y, { classifier }) => foldsOf(Number(node.value), y, { classifier }) }
  }
  if (node.kind !== 'map') throw new ProblemError(wrongType(found, 'a number of folds, {n_splits, shuffle, random_state} or a splitter'))
  if (child(node, '_target_')) return { node, splitter: (_, { instantiate }) => targetSplitter(node, instantiate) }
  return { node, splitter: (y, { classifier }) => plainSplitter(node, y, classifier) }
}

function targetSplitter(node: MapNode, instantiate: Instantiate): Splitter {
  const { value, problems } = instantiate(node)
  if (problems.some(problem => problem.severity === 'error')) throw new JobFailure(problems)
  if (typeof value === 'object' && value !== null && 'split' in value && 'nSplits' in value) return value as unknown as Splitter
  const target = child(node, '_target_') as ScalarNode
  throw new ProblemError(
    jobProblem('task/not-a-splitter', `${target.value} does not cut data into folds.`, placesOf(target), {
      hint: 'Take sklearn.model_selection.KFold or sklearn.model_selection.StratifiedKFold, or a number of folds.',
    }),
  )
}

const foldParameters = ['n_splits', 'shuffle', 'random_state']

function plainSplitter(node: MapNode, y: Target, classifier: boolean): Splitter {
  const params: Record<string, never> = {}
  for (const [name, { node: value }] of node.entries) {
    if (!foldParameters.includes(name)) {
      throw new ProblemError(
        jobProblem('task/wrong-type', `task.cv has no ${name}.`, keyPlace(value), { hint: `It takes ${foldParameters.join(', ')}.` }),
      )
    }
    if (value.kind !== 'scalar') throw new ProblemError(wrongType({ path: `task.cv.${name}`, value }, 'a number or true or false'))
    params[name] = (
      value.type === 'int' ? Number(value.value) : value.type === 'float' ? new Float(value.value as number) : value.value
    ) as never
  }
  const stratified = classifier && foldsOf(2, y, { classifier }).name === 'StratifiedKFold'
  return stratified ? new StratifiedKFold(params) : new KFold(params)
}
