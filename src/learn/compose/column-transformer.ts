import { BaseTransformer } from '../base-transformer.ts'
import {
  type Features,
  type FitControl,
  isMatrix,
  LearnError,
  type Matrix,
  type Params,
  type ParamValue,
  type Target,
  type Transformer,
  Tuple,
} from '../contract.ts'
import { columnCount, isDataFrame, numberedNames, selectColumns, shownNames, stackColumns } from '../features.ts'
import { fitTransform, transformed } from '../fit-transform.ts'
import type { FittedData } from '../fitted-data.ts'
import { namesIn, requireSameColumns } from '../input-columns.ts'
import { valueError } from '../not-built-in.ts'
import {
  aBool,
  aDict,
  aList,
  anInt,
  anyInt,
  anyText,
  aReal,
  aTransformer,
  checkParameters,
  itemsOf,
  none,
  numeric,
  oneOf,
} from '../parameters.ts'
import { nestedTransformer, type RestoreNested, stepData } from '../step-data.ts'
import { isSelector, type Selection, selectedColumns } from './column-selection.ts'
import { isKeyword, type Keyword, outputNames, requireGoodNames, requireTransformer } from './named-transformers.ts'
import { weighted } from './weighted.ts'

const parameters = [
  'transformers',
  'remainder',
  'sparse_threshold',
  'n_jobs',
  'transformer_weights',
  'verbose',
  'verbose_feature_names_out',
]

interface Entry {
  readonly name: string
  readonly transformer: Transformer | Keyword
  /** Positions in the data of fit. */
  readonly columns: readonly number[]
  /** How they were asked for. */
  readonly by?: Selection['by']
  /** The words in which they were asked for; not of a function's. */
  readonly asked?: ParamValue
}

/** Transforms groups of columns, each in its own way, and sets the results side by side. Source: scikit-learn 1.9. */
export class ColumnTransformer extends BaseTransformer {
  readonly name = 'ColumnTransformer'
  /** The fitted parts in order, `remainder` last. */
  entries_: readonly Entry[] = []
  sparse_output_ = false
  /** Columns of the output by the name of the part that makes them. */
  output_indices_: ReadonlyMap<string, readonly [start: number, stop: number]> = new Map()
  private readonly given: readonly { readonly name: string; readonly transformer: Transformer | Keyword; readonly columns: ParamValue }[]

  constructor(params: Params = {}) {
    super(
      checkParameters('ColumnTransformer', params, {
        transformers: { default: [], accepts: [aList] },
        remainder: { default: 'drop', accepts: [oneOf('drop', 'passthrough'), aTransformer] },
        sparse_threshold: { default: 0.3, accepts: [aReal(0, 1, 'both')] },
        n_jobs: { default: null, accepts: [anyInt, none] },
        transformer_weights: { default: null, accepts: [aDict, none] },
        verbose: { default: false, accepts: [anInt(0), aBool] },
        verbose_feature_names_out: { default: true, accepts: [aBool, anyText] },
      }),
    )
    this.given = itemsOf(this.params.transformers!).map(entry => {
      const items = entry instanceof Tuple || Array.isArray(entry) ? itemsOf(entry) : undefined
      if (items?.length !== 3) {
        const got = items?.length ?? 1
        throw valueError(
          got > 3 ? 'too many values to unpack (expected 3)' : `not enough values to unpack (expected 3, got ${got})`,
          'transformers',
          'Each entry is [name, {_target_: …}, columns].',
        )
      }
      const [name, transformer, columns] = items
      return { name: String(name), transformer: transformer as Transformer | Keyword, columns }
    })
    requireGoodNames(
      this.given.map(({ name }) => name),
      parameters,
      'transformers',
    )
    for (const { transformer } of this.given) requireTransformer(transformer as ParamValue, 'transformers', { keywordsSaid: true })
  }

  fit(X: Features, y?: Target, control?: FitControl): this {
    this.fitTransform(X, y, control)
    return this
  }

  fitTransform(X: Features, y?: Target, control?: FitControl): Features {
    this.remember(X)
    this.setEntries(X, control)
    const parts = this.active().map(entry => this.apply(entry, X, part => fitTransform(entry.transformer as Transformer, part, y, control)))
    this.sparse_output_ = this.staysSparse(parts)
    this.output_indices_ = indicesOf(this.entries_, new Map(this.active().map(({ name }, k) => [name, columnCount(parts[k])])))
    return this.stack(parts, X)
  }

  private setEntries(X: Features, control?: FitControl): void {
    if (this.params.n_jobs === 0) throw valueError('n_jobs == 0 in Parallel has no meaning', 'n_jobs')
    const chosen = this.given.map(entry => {
      if (entry.transformer === 'passthrough' && isScalar(entry.columns)) throw notTwoDimensional(entry.name)
      return { ...entry, ...selectedColumns(X, entry.columns, control), asked: isSelector(entry.columns) ? undefined : entry.columns }
    })
    for (const { indices, name } of chosen) requireDistinct(indices, name, shownNames(X))
    const taken = new Set(chosen.flatMap(({ indices }) => indices))
    const left = Array.from({ length: this.n_features_in_ }, (_, j) => j).filter(j => !taken.has(j))
    // Of several ways to ask, and of a function that asks, positions are left.
    const ways = new Set<Selection['by']>(chosen.map(({ by }, k) => (isSelector(this.given[k].columns) ? 'position' : by)))
    const by = ways.size === 1 ? [...ways][0] : 'position'
    const remainder = { name: 'remainder', transformer: this.params.remainder as Transformer | Keyword, columns: left, by }
    this.entries_ = [
      ...chosen.map(({ name, transformer, indices, by, asked }) => ({ name, transformer, columns: indices, by, asked })),
      remainder,
    ]
  }

  /** The fitted parts with what they take: names where the data of fit has names. */
  get transformers_(): readonly (readonly [name: string, transformer: Transformer | Keyword, columns: ParamValue])[] {
    const names = this.feature_names_in_
    return this.fittedEntries().map(({ name, transformer, columns, by = names ? 'name' : 'position', asked }) => {
      if (asked !== undefined) return [name, transformer, asked]
      if (by === 'mask') return [name, transformer, Array.from({ length: this.n_features_in_ }, (_, j) => columns.includes(j))]
      return [name, transformer, by === 'name' && names ? columns.map(j => names[j]) : columns]
    })
  }

  /** The fitted parts by name. */
  get named_transformers_(): Readonly<Record<string, Transformer | Keyword>> {
    return Object.fromEntries(this.fittedEntries().map(({ name, transformer }) => [name, transformer]))
  }

  /** A remainder without columns is none. */
  private fittedEntries(): readonly Entry[] {
    return this.entries_.filter(({ name, columns }) => name !== 'remainder' || columns.length)
  }

  transform(X: Features, control?: FitControl): Features {
    const source = this.matched(X, control)
    const parts = this.active().map(entry =>
      this.apply(entry, source, part => transformed(entry.transformer as Transformer, part, control)),
    )
    return this.stack(parts, source)
  }

  /** The entries that give columns. */
  private active(): readonly Entry[] {
    return this.entries_.filter(({ transformer, columns }) => transformer !== 'drop' && columns.length)
  }

  private apply({ name, transformer, columns }: Entry, X: Features, work: (part: Features) => Features): Features {
    const part = selectColumns(X, columns)
    const weights = this.params.transformer_weights as Readonly<Record<string, ParamValue>> | null
    return weighted(isKeyword(transformer) ? part : work(part), weights?.[name])
  }

  /** A table may have its columns in another order, and more of them. */
  private matched(X: Features, control?: FitControl): Features {
    const fitted = this.feature_names_in_
    if (!fitted || !isDataFrame(X)) {
      requireSameColumns(X, { n_features_in_: this.n_features_in_ }, this.name, undefined)
      if (fitted) control?.onWarning?.('UserWarning', `X does not have valid feature names, but ${this.name} was fitted with feature names`)
      return X
    }
    const names = shownNames(X)
    const needed = new Set(this.entries_.filter(({ transformer }) => transformer !== 'drop').flatMap(({ columns }) => columns))
    const missing = [...needed].map(j => fitted[j]).filter(name => !names.includes(name))
    if (missing.length) {
      throw new LearnError('learn/missing-column', 'ValueError', `columns are missing: {${missing.map(name => `'${name}'`).join(', ')}}`, {
        column: missing[0],
      })
    }
    // What is dropped may be absent: any column stands in for it.
    return { rows: X.rows, columns: fitted.map(name => X.columns[Math.max(0, names.indexOf(name))]) }
  }

  private staysSparse(parts: readonly Features[]): boolean {
    if (!parts.some(part => isMatrix(part) && part.sparse)) return false
    let filled = 0
    let total = 0
    for (const part of parts) {
      const cells = part.rows * (isMatrix(part) ? part.columns : part.columns.length)
      total += cells
      filled += isMatrix(part) && part.sparse ? part.data.reduce((count, value) => count + (value === 0 ? 0 : 1), 0) : cells
    }
    return filled / total < numeric(this.params.sparse_threshold!)
  }

  private stack(parts: readonly Features[], X: Features): Features {
    if (!parts.length) return { rows: X.rows, columns: 0, data: new Float64Array(0), names: [] } satisfies Matrix
    const stacked = stackColumns(parts, X.rows, { sparse: this.sparse_output_ })
    if (this.sparse_output_ && !isMatrix(stacked)) {
      throw valueError('For a sparse output, all columns should be a numeric or convertible to a numeric.')
    }
    const names = outputNames(
      this.active().map(({ name }, k) => [name, shownNames(parts[k])] as const),
      this.safeVerbose(parts),
    )
    return isMatrix(stacked)
      ? { ...stacked, names }
      : { ...stacked, columns: stacked.columns.map((column, j) => ({ ...column, name: names[j] })) }
  }

  /** Transforming does not fail for names that are not unique: only asking for them does. */
  private safeVerbose(parts: readonly Features[]): ParamValue {
    const all = parts.flatMap(shownNames)
    const verbose = this.params.verbose_feature_names_out!
    return verbose === false && new Set(all).size < all.length ? true : verbose
  }

  override getFeatureNamesOut(inputFeatures?: readonly string[]): readonly string[] {
    const names = namesIn(this, inputFeatures)
    const parts = this.active().map(({ name, transformer, columns }) => {
      const own = columns.map(j => names[j])
      return [name, isKeyword(transformer) ? own : (transformer.getFeatureNamesOut?.(own) ?? numberedNames(own.length))] as const
    })
    return outputNames(parts, this.params.verbose_feature_names_out!)
  }

  static restore(params: Params, fitted: FittedData, nested: RestoreNested): ColumnTransformer {
    const own: Record<string, ParamValue | undefined> = { ...params, transformers: [] }
    if (!isKeyword(own.remainder as ParamValue)) own.remainder = 'drop'
    const restored = new ColumnTransformer(own).restoreColumns(fitted)
    const entries = fitted.parts('entries_').map(part => {
      const name = part.raw('name')
      const transformer = part.raw('transformer')
      if (typeof name !== 'string') throw part.wrong('name', 'a text')
      const columns = [...part.ints('columns', { low: 0, high: Math.max(0, restored.n_features_in_ - 1) })]
      return {
        name,
        transformer: isKeyword(transformer as ParamValue) ? (transformer as Keyword) : nestedTransformer(part, 'transformer', nested),
        columns,
      }
    })
    restored.entries_ = entries
    restored.sparse_output_ = fitted.raw('sparse_output_') === true
    restored.output_indices_ = restoredIndices(fitted)
    return restored
  }

  toJSON() {
    return {
      entries_: this.entries_.map(({ name, transformer, columns }) => ({
        name,
        transformer: isKeyword(transformer) ? transformer : stepData(transformer),
        columns,
      })),
      sparse_output_: this.sparse_output_,
      output_indices_: Object.fromEntries(this.output_indices_),
      ...this.columnsJSON(),
    }
  }
}

/** What gives no columns stands last, at 0. */
function indicesOf(entries: readonly Entry[], widths: ReadonlyMap<string, number>): ReadonlyMap<string, readonly [number, number]> {
  const indices = new Map<string, readonly [number, number]>()
  let from = 0
  for (const { name } of entries) {
    const width = widths.get(name)
    if (width === undefined) continue
    indices.set(name, [from, from + width])
    from += width
  }
  for (const { name } of entries) if (!indices.has(name)) indices.set(name, [0, 0])
  return indices
}

/** Files of earlier versions have none. */
function restoredIndices(fitted: FittedData): ReadonlyMap<string, readonly [number, number]> {
  if (!fitted.has('output_indices_')) return new Map()
  return new Map(
    fitted.entries('output_indices_').map(([name, range]) => {
      if (!Array.isArray(range) || range.length !== 2 || !range.every(Number.isInteger)) {
        throw fitted.wrong('output_indices_', 'pairs of whole numbers by name')
      }
      return [name, range as unknown as readonly [number, number]]
    }),
  )
}

const isScalar = (columns: ParamValue): boolean => typeof columns === 'string' || Number.isInteger(columns)

const notTwoDimensional = (name: string) =>
  valueError(
    `The output of the '${name}' transformer should be 2D (numpy array, scipy sparse array, dataframe).`,
    'transformers',
    'Write the column as a list.',
  )

function requireDistinct(indices: readonly number[], name: string, names: readonly string[]): void {
  const twice = indices.find((j, k) => indices.indexOf(j) < k)
  if (twice === undefined) return
  throw new LearnError('learn/invalid-parameter', 'DuplicateError', `Expected unique column names, got:\n- '${names[twice]}' 2 times`, {
    parameter: 'transformers',
    hint: `'${name}' takes a column twice.`,
  })
}
