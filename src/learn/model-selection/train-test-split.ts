import { Float, LearnError, type Target } from '../contract.ts'
import { aFloat, anInt, checkParameters, none, pythonRepr } from '../parameters.ts'
import { RandomState } from '../random-state.ts'
import type { Split } from './splitter.ts'
import { drawShares, type Strata, strataOf } from './strata.ts'

export interface TrainTestOptions {
  /** A share of the rows, or with an int their number. `float(1)` is a share. Default 0.25, or what `trainSize` leaves. */
  readonly testSize?: number | Float | null
  readonly trainSize?: number | Float | null
  readonly randomState?: number
  /** Default true. */
  readonly shuffle?: boolean
  /** Keep the shares of this column's values in both parts. */
  readonly stratify?: Target
}

/**
 * Which of `rows` rows to learn from and which to test on.
 *
 * @throws LearnError in scikit-learn's words when the sizes do not fit
 * Source: scikit-learn 1.9 `train_test_split`: the same rows in the same order for the same seed.
 */
export function trainTestSplit(rows: number, options: TrainTestOptions = {}): Split {
  const { randomState, shuffle = true, stratify } = options
  const { trainRows, testRows } = sizes(rows, options)
  if (!shuffle) {
    if (stratify) throw invalid('stratify', 'Stratified train/test split is not implemented for shuffle=False')
    const from = (start: number, length: number) => Int32Array.from({ length }, (_, i) => start + i)
    return { train: from(0, trainRows), test: from(trainRows, testRows) }
  }
  const random = new RandomState(randomState ?? Math.floor(Math.random() * 2 ** 32))
  if (stratify) return stratified(strataOf(stratify), trainRows, testRows, random, stratify.type === 'float')
  const order = random.permutation(rows)
  return { train: order.slice(testRows, testRows + trainRows), test: order.slice(0, testRows) }
}

const invalid = (parameter: string, message: string) => new LearnError('learn/invalid-parameter', 'ValueError', message, { parameter })

const isShare = (size: number | Float): boolean => size instanceof Float || !Number.isInteger(size)
const plain = (size: number | Float): number => (size instanceof Float ? size.value : size)

/** Source: scikit-learn `_validate_shuffle_split`. */
function sizes(rows: number, options: TrainTestOptions): { readonly trainRows: number; readonly testRows: number } {
  const testSize = options.testSize ?? undefined
  const trainSize = options.trainSize ?? undefined
  const size = { default: null, accepts: [aFloat(0, 1, 'neither'), anInt(1), none] }
  checkParameters('train_test_split', { test_size: testSize, train_size: trainSize }, { test_size: size, train_size: size })
  const test = testSize ?? (trainSize === undefined ? 0.25 : undefined)
  for (const [parameter, size] of [
    ['test_size', test],
    ['train_size', trainSize],
  ] as const) {
    if (size === undefined) continue
    const fits = isShare(size) ? plain(size) > 0 && plain(size) < 1 : plain(size) > 0 && plain(size) < rows
    if (!fits) {
      const message = `${parameter}=${pythonRepr(size)} should be either positive and smaller than the number of samples ${rows} or a float in the (0, 1) range`
      throw invalid(parameter, message)
    }
  }
  if (test !== undefined && trainSize !== undefined && isShare(test) && isShare(trainSize) && plain(test) + plain(trainSize) > 1) {
    const sum = pythonRepr(new Float(plain(test) + plain(trainSize)))
    throw invalid(
      'test_size',
      `The sum of test_size and train_size = ${sum}, should be in the (0, 1) range. Reduce test_size and/or train_size.`,
    )
  }
  const wantedTest = test === undefined ? undefined : isShare(test) ? Math.ceil(plain(test) * rows) : plain(test)
  const wantedTrain = trainSize === undefined ? undefined : isShare(trainSize) ? Math.floor(plain(trainSize) * rows) : plain(trainSize)
  const trainRows = wantedTrain ?? rows - wantedTest!
  const testRows = wantedTest ?? rows - wantedTrain!
  if (trainRows + testRows > rows) {
    const message = `The sum of train_size and test_size = ${trainRows + testRows}, should be smaller than the number of samples ${rows}. Reduce test_size and/or train_size.`
    throw invalid('test_size', message)
  }
  if (trainRows === 0) {
    const shown = (size: number | Float | undefined) => (size === undefined ? 'None' : pythonRepr(size))
    throw new LearnError(
      'learn/too-few-rows',
      'ValueError',
      `With n_samples=${rows}, test_size=${shown(test)} and train_size=${shown(trainSize)}, the resulting train set will be empty. Adjust any of the aforementioned parameters.`,
    )
  }
  return { trainRows, testRows }
}

/** Source: scikit-learn `StratifiedShuffleSplit`. */
function stratified({ classes, codes, counts }: Strata, trainRows: number, testRows: number, random: RandomState, floats: boolean): Split {
  const rare = classes.filter((_, k) => counts[k] < 2).map(label => (floats ? new Float(Number(label)) : label))
  if (rare.length) {
    throw new LearnError(
      'learn/too-few-rows',
      'ValueError',
      `The least populated classes in y have only 1 member, which is too few. The minimum number of groups for any class cannot be less than 2. Classes with too few members are: ${pythonRepr(rare)}`,
      { parameter: 'stratify' },
    )
  }
  for (const [name, size] of [
    ['train_size', trainRows],
    ['test_size', testRows],
  ] as const) {
    if (size < classes.length) {
      const message = `The ${name} = ${size} should be greater or equal to the number of classes = ${classes.length}`
      throw new LearnError('learn/too-few-rows', 'ValueError', message, { parameter: 'stratify' })
    }
  }
  const grouped = rowsByClass(codes, counts)
  const trainCounts = drawShares(counts, trainRows, random)
  const testCounts = drawShares(
    counts.map((count, k) => count - trainCounts[k]),
    testRows,
    random,
  )
  const train = new Int32Array(trainRows)
  const test = new Int32Array(testRows)
  let [trained, tested] = [0, 0]
  grouped.forEach((own, k) => {
    const order = random.permutation(own.length)
    const [some, rest] = [trainCounts[k], trainCounts[k] + testCounts[k]]
    for (let i = 0; i < some; i++) train[trained++] = own[order[i]]
    for (let i = some; i < rest; i++) test[tested++] = own[order[i]]
  })
  random.shuffle(train)
  random.shuffle(test)
  return { train, test }
}

/** The rows of each class, in their order. */
function rowsByClass(codes: Int32Array, counts: Int32Array): readonly Int32Array[] {
  const all = new Int32Array(codes.length)
  const next = new Int32Array(counts.length)
  for (let k = 1; k < counts.length; k++) next[k] = next[k - 1] + counts[k - 1]
  const starts = next.slice()
  for (let i = 0; i < codes.length; i++) all[next[codes[i]]++] = i
  return Array.from(counts, (count, k) => all.subarray(starts[k], starts[k] + count))
}
