import { LearnError, type ParamValue, type Target } from '../contract.ts'
import type { Warn } from '../metrics/scored.ts'
import { pythonRepr } from '../parameters.ts'
import { RandomState } from '../random-state.ts'
import { type Split, type Splitter, splitsByFold } from './splitter.ts'
import { strataOf, typeOfTarget } from './strata.ts'

/** Parameters of KFold and StratifiedKFold under scikit-learn's names. */
export interface FoldParams {
  readonly n_splits?: ParamValue
  readonly shuffle?: ParamValue
  readonly random_state?: ParamValue
}

const wrong = (type: string, parameter: string, message: string): LearnError =>
  new LearnError('learn/invalid-parameter', type, message, { parameter })

abstract class Folds implements Splitter {
  abstract readonly name: string
  readonly nSplits: number
  readonly shuffle: boolean
  protected readonly seed: number | undefined

  /** @throws LearnError in scikit-learn's words for fewer than two folds, or a seed without shuffling */
  constructor({ n_splits = 5, shuffle = false, random_state = null }: FoldParams = {}) {
    // Python's True is the int 1.
    if (!Number.isInteger(n_splits) && typeof n_splits !== 'boolean') {
      const type = typeof n_splits === 'string' ? 'str' : n_splits === null ? 'NoneType' : 'float'
      const message = `The number of folds must be of Integral type. ${pythonText(n_splits)} of type <class '${type}'> was passed.`
      throw wrong('ValueError', 'n_splits', message)
    }
    if (Number(n_splits) <= 1) {
      const message = `k-fold cross-validation requires at least one train/test split by setting n_splits=2 or more, got n_splits=${Number(n_splits)}.`
      throw wrong('ValueError', 'n_splits', message)
    }
    if (typeof shuffle !== 'boolean') throw wrong('TypeError', 'shuffle', `shuffle must be True or False; got ${pythonText(shuffle)}`)
    if (!shuffle && random_state !== null) {
      const message =
        'Setting a random_state has no effect since shuffle is False. You should leave random_state to its default (None), or set shuffle=True.'
      throw wrong('ValueError', 'random_state', message)
    }
    if (random_state !== null && !(Number.isInteger(random_state) && (random_state as number) >= 0 && (random_state as number) < 2 ** 32)) {
      throw wrong('ValueError', 'random_state', `${pythonText(random_state)} cannot be used to seed a numpy.random.RandomState instance`)
    }
    this.nSplits = n_splits as number
    this.shuffle = shuffle
    this.seed = random_state === null ? undefined : (random_state as number)
  }

  protected random(): RandomState {
    return new RandomState(this.seed ?? Math.floor(Math.random() * 2 ** 32))
  }

  protected requireRows(rows: number): void {
    if (this.nSplits <= rows) return
    throw new LearnError(
      'learn/too-few-rows',
      'ValueError',
      `Cannot have number of splits n_splits=${this.nSplits} greater than the number of samples: n_samples=${rows}.`,
      { parameter: 'n_splits' },
    )
  }

  abstract split(rows: number, y?: Target, warn?: Warn): Iterable<Split>
}

const pythonText = (value: ParamValue) => (typeof value === 'string' ? value : pythonRepr(value))

/** Folds of neighbouring rows, or of shuffled ones. Source: scikit-learn 1.9 `KFold`. */
export class KFold extends Folds {
  override readonly name = 'KFold'

  override split(rows: number): Iterable<Split> {
    this.requireRows(rows)
    const order = Int32Array.from({ length: rows }, (_, i) => i)
    if (this.shuffle) this.random().shuffle(order)
    const folds = new Int32Array(rows)
    let start = 0
    for (let fold = 0; fold < this.nSplits; fold++) {
      const size = Math.floor(rows / this.nSplits) + (fold < rows % this.nSplits ? 1 : 0)
      for (let i = start; i < start + size; i++) folds[order[i]] = fold
      start += size
    }
    return splitsByFold(folds, this.nSplits)
  }
}

/** Folds in which each class has its share. Source: scikit-learn 1.9 `StratifiedKFold`. */
export class StratifiedKFold extends Folds {
  override readonly name = 'StratifiedKFold'

  /** @throws LearnError also for a continuous target and when no class has as many rows as there are folds */
  override split(rows: number, y?: Target, warn?: Warn): Iterable<Split> {
    this.requireRows(rows)
    if (!y) throw new TypeError('StratifiedKFold needs y')
    const type = typeOfTarget(y)
    if (type === 'continuous') {
      const message = `Supported target types are: ('binary', 'multiclass'). Got '${type}' instead.`
      throw new LearnError('learn/continuous-target', 'ValueError', message, { column: y.name, hint: 'Use KFold for numbers.' })
    }
    return splitsByFold(this.foldOfRows(y, warn), this.nSplits)
  }

  private foldOfRows(y: Target, warn?: Warn): Int32Array {
    const { codes, counts } = inOrderOfAppearance(y)
    const least = counts.reduce((a, b) => Math.min(a, b))
    if (counts.every(count => this.nSplits > count)) {
      throw new LearnError(
        'learn/too-few-rows',
        'ValueError',
        `n_splits=${this.nSplits} cannot be greater than the number of members in each class.`,
        { parameter: 'n_splits' },
      )
    }
    if (this.nSplits > least) {
      warn?.('UserWarning', `The least populated class in y has only ${least} members, which is less than n_splits=${this.nSplits}.`)
    }
    const random = this.shuffle ? this.random() : undefined
    let before = 0
    const foldsOfClass = Array.from(counts, count => {
      // Row i of the sorted labels goes to fold i modulo n; the class's rows then take these folds in ascending order.
      const own = Int32Array.from({ length: count }, (_, i) => (before + i) % this.nSplits).sort()
      before += count
      random?.shuffle(own)
      return own
    })
    const next = new Int32Array(counts.length)
    return codes.map(code => foldsOfClass[code][next[code]++])
  }
}

/** Class 0 is that of the first row. */
function inOrderOfAppearance(y: Target): { readonly codes: Int32Array; readonly counts: Int32Array } {
  const { codes, counts } = strataOf(y)
  const place = new Int32Array(counts.length).fill(-1)
  let next = 0
  const renumbered = codes.map(code => (place[code] < 0 ? (place[code] = next++) : place[code]))
  const moved = new Int32Array(counts.length)
  place.forEach((to, from) => {
    moved[to] = counts[from]
  })
  return { codes: renumbered, counts: moved }
}

/** What scikit-learn's `cv=N` means: stratified folds for a classifier's labels, else plain ones. */
export function foldsOf(nSplits: number, y: Target, { classifier }: { readonly classifier: boolean }): Splitter {
  return classifier && typeOfTarget(y) !== 'continuous' ? new StratifiedKFold({ n_splits: nSplits }) : new KFold({ n_splits: nSplits })
}
