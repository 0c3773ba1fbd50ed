import { BaseTransformer } from '../base-transformer.ts'
import type { Features, FitControl, Matrix, Params } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { namesIn } from '../input-columns.ts'
import { toMatrix } from '../matrix.ts'
import { valueError } from '../not-built-in.ts'
import { aBool, anArray, anInt, checkParameters, itemsOf, oneOf, pythonRepr } from '../parameters.ts'
import { requireMemory } from './require-memory.ts'

/** All products of columns up to a degree. Source: scikit-learn 1.9; a product is multiplied from its last factor to its first. */
export class PolynomialFeatures extends BaseTransformer {
  readonly name = 'PolynomialFeatures'
  n_output_features_ = 0
  private products: readonly (readonly number[])[] = []

  constructor(params: Params = {}) {
    super(
      checkParameters('PolynomialFeatures', params, {
        degree: { default: 2, accepts: [anInt(0), anArray] },
        interaction_only: { default: false, accepts: [aBool] },
        include_bias: { default: true, accepts: [aBool] },
        order: { default: 'C', accepts: [oneOf('C', 'F')] },
      }),
    )
  }

  fit(features: Features): this {
    toMatrix(features, this.name)
    this.remember(features)
    return this.prepare(features.rows)
  }

  /** @throws LearnError `learn/out-of-memory` before more products are listed than could be of use */
  private prepare(rows: number): this {
    const [low, high] = this.degrees()
    const { interaction_only, include_bias } = this.params
    // A product in the list takes as much as its column of some rows.
    requireMemory(this.name, Math.max(rows, 16), productCount(this.n_features_in_, Math.max(1, low), high, { repeated: !interaction_only }))
    this.products = [
      ...(include_bias ? [[]] : []),
      ...combinations(this.n_features_in_, Math.max(1, low), high, { repeated: !interaction_only }),
    ]
    this.n_output_features_ = this.products.length
    return this
  }

  transform(features: Features, control?: FitControl): Matrix {
    this.requireColumns(features, control)
    const X = toMatrix(features, this.name)
    const columns = this.products.length
    requireMemory(this.name, X.rows, columns)
    const data = new Float64Array(X.rows * columns)
    // All products of one length, from the last factor to the first: what a shorter one lacks is a 1, which stands before the row.
    const width = this.products.reduce((most, product) => Math.max(most, product.length), 2)
    const factors = new Int32Array(columns * width)
    this.products.forEach((product, k) => {
      factors.set(product.map(j => j + 1).reverse(), k * width)
    })
    const row = new Float64Array(X.columns + 1).fill(1)
    const runs = width === 2 ? runsOfPairs(factors) : undefined
    for (let i = 0, at = 0, own = 0; i < X.rows; i++) {
      for (let j = 1; j < row.length; j++, own++) row[j] = X.data[own]
      if (runs) {
        multiplyRuns(row, runs, data, at)
        at += columns
        continue
      }
      for (let f = 0; f < factors.length; f += width, at++) {
        let value = row[factors[f]] * row[factors[f + 1]]
        for (let k = f + 2; k < f + width; k++) value *= row[factors[k]]
        data[at] = value
      }
    }
    const order = this.params.order as 'C' | 'F'
    return { rows: X.rows, columns, data, order, names: this.namesFor(features), ...(X.sparse ? { sparse: true } : {}) }
  }

  override getFeatureNamesOut(inputFeatures?: readonly string[]): readonly string[] {
    const names = namesIn(this, inputFeatures)
    return this.products.map(product => {
      const powers = new Map<number, number>()
      for (const j of product) powers.set(j, (powers.get(j) ?? 0) + 1)
      return [...powers].map(([j, power]) => (power === 1 ? names[j] : `${names[j]}^${power}`)).join(' ') || '1'
    })
  }

  /** Exponent of each input in each output: [outputs][inputs]. */
  get powers_(): readonly (readonly number[])[] {
    return this.products.map(product => Array.from({ length: this.n_features_in_ }, (_, j) => product.filter(k => k === j).length))
  }

  private degrees(): readonly [number, number] {
    const { degree, include_bias } = this.params
    if (typeof degree === 'number' || typeof degree === 'bigint') {
      if (Number(degree) === 0 && !include_bias) {
        throw valueError('Setting degree to zero and include_bias to False would result in an empty output array.', 'degree')
      }
      return [0, Number(degree)]
    }
    const [low, high, ...more] = itemsOf(degree!)
    if (more.length || high === undefined) {
      throw valueError(`degree must be a non-negative int or tuple (min_degree, max_degree), got ${pythonRepr(degree)}.`, 'degree')
    }
    if (!(Number.isInteger(low) && Number.isInteger(high) && Number(low) >= 0 && Number(low) <= Number(high))) {
      throw valueError(
        `degree=(min_degree, max_degree) must be non-negative integers that fulfil min_degree <= max_degree, got ${pythonRepr(degree)}.`,
        'degree',
      )
    }
    if (high === 0 && !include_bias) {
      throw valueError(
        'Setting both min_degree and max_degree to zero and include_bias to False would result in an empty output array.',
        'degree',
      )
    }
    return [Number(low), Number(high)]
  }

  static restore(params: Params, fitted: FittedData): PolynomialFeatures {
    return new PolynomialFeatures(params).restoreColumns(fitted).prepare(1)
  }

  toJSON() {
    return { n_output_features_: this.n_output_features_, powers_: this.powers_, ...this.columnsJSON() }
  }
}

/** Pairs of factors of which the second stays while the first counts up, one after the other: [first, second, how many]. */
function runsOfPairs(factors: Int32Array): Int32Array {
  const runs: number[] = []
  for (let f = 0; f < factors.length; f += 2) {
    const last = runs.length - 3
    if (last >= 0 && factors[f + 1] === runs[last + 1] && factors[f] === runs[last] + runs[last + 2]) runs[last + 2]++
    else runs.push(factors[f], factors[f + 1], 1)
  }
  return Int32Array.from(runs)
}

function multiplyRuns(row: Float64Array, runs: Int32Array, into: Float64Array, at: number): void {
  for (let r = 0; r < runs.length; r += 3) {
    const by = row[runs[r + 1]]
    const end = runs[r] + runs[r + 2]
    for (let j = runs[r]; j < end; j++) into[at++] = row[j] * by
  }
}

/** How many `combinations` would make: binomial coefficients, as far as a double holds them. */
function productCount(n: number, shortest: number, longest: number, { repeated }: { readonly repeated: boolean }): number {
  let count = 0
  let ofLength = 1
  // Without repetition there are none longer than n.
  for (let length = 1; length <= (repeated ? longest : Math.min(n, longest)) && count < 1e300; length++) {
    ofLength *= (repeated ? n + length - 1 : n - length + 1) / length
    if (length >= shortest) count += ofLength
  }
  return Math.round(count)
}

/** Ascending index tuples, shorter first, each in lexicographic order: Python's `combinations` and `combinations_with_replacement`. */
function combinations(n: number, shortest: number, longest: number, { repeated }: { readonly repeated: boolean }): number[][] {
  const all: number[][] = []
  const extend = (chosen: number[], from: number, length: number): void => {
    if (chosen.length === length) {
      all.push(chosen)
      return
    }
    for (let j = from; j < n; j++) extend([...chosen, j], repeated ? j : j + 1, length)
  }
  for (let length = shortest; length <= longest; length++) extend([], 0, length)
  return all
}
