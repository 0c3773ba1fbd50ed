import { BaseTransformer } from '../base-transformer.ts'
import {
  type Features,
  type FitControl,
  isMatrix,
  type Matrix,
  type Params,
  type ParamValue,
  type Target,
  type Transformer,
  Tuple,
} from '../contract.ts'
import { numberedNames, shownNames, stackColumns } from '../features.ts'
import { fitTransform, transformed } from '../fit-transform.ts'
import type { FittedData } from '../fitted-data.ts'
import { namesIn } from '../input-columns.ts'
import { typeError, valueError } from '../not-built-in.ts'
import { anything, checkParameters, itemsOf } from '../parameters.ts'
import { nestedTransformer, type RestoreNested, stepData } from '../step-data.ts'
import { isKeyword, type Keyword, outputNames, requireGoodNames, requireTransformer } from './named-transformers.ts'
import { weighted } from './weighted.ts'

const parameters = ['transformer_list', 'n_jobs', 'transformer_weights', 'verbose', 'verbose_feature_names_out']

interface Entry {
  readonly name: string
  readonly transformer: Transformer | Keyword
}

/** Applies several transformers to the same columns and sets the results side by side. Source: scikit-learn 1.9. */
export class FeatureUnion extends BaseTransformer {
  readonly name = 'FeatureUnion'
  private entries: readonly Entry[]

  constructor(params: Params = {}) {
    super(
      checkParameters('FeatureUnion', params, {
        transformer_list: { default: [], accepts: [anything] },
        n_jobs: { default: null, accepts: [anything] },
        transformer_weights: { default: null, accepts: [anything] },
        verbose: { default: false, accepts: [anything] },
        verbose_feature_names_out: { default: true, accepts: [anything] },
      }),
    )
    const list = this.params.transformer_list!
    if (!Array.isArray(list) && !(list instanceof Tuple)) {
      throw typeError(`'${typeof list === 'number' ? 'int' : typeof list}' object is not iterable`, 'transformer_list')
    }
    const items = itemsOf(list)
    if (!items.length) throw valueError('not enough values to unpack (expected 2, got 0)', 'transformer_list')
    this.entries = items.map(entry => {
      const pair = entry instanceof Tuple || Array.isArray(entry) ? itemsOf(entry) : []
      if (pair.length !== 2) {
        throw valueError(
          pair.length > 2 ? 'too many values to unpack (expected 2)' : `not enough values to unpack (expected 2, got ${pair.length || 1})`,
          'transformer_list',
          'Each entry is a pair: [name, {_target_: …}].',
        )
      }
      return { name: String(pair[0]), transformer: requireTransformer(pair[1], 'transformer_list', { keywordsSaid: false }) }
    })
    requireGoodNames(
      this.entries.map(({ name }) => name),
      parameters,
      'transformer_list',
    )
    const weights = this.params.transformer_weights as Readonly<Record<string, ParamValue>> | null
    for (const name of Object.keys(weights ?? {})) {
      if (this.entries.some(entry => entry.name === name)) continue
      throw valueError(`Attempting to weight transformer "${name}", but it is not present in transformer_list.`, 'transformer_weights')
    }
  }

  fit(X: Features, y?: Target, control?: FitControl): this {
    this.remember(X)
    for (const { transformer } of this.entries) if (!isKeyword(transformer)) transformer.fit(X, y, control)
    return this
  }

  fitTransform(X: Features, y?: Target, control?: FitControl): Features {
    this.remember(X)
    return this.stack(X, transformer => fitTransform(transformer, X, y, control))
  }

  transform(X: Features, control?: FitControl): Features {
    return this.stack(X, transformer => transformed(transformer, X, control))
  }

  private stack(X: Features, work: (transformer: Transformer) => Features): Features {
    const weights = this.params.transformer_weights as Readonly<Record<string, ParamValue>> | null
    const active = this.active()
    if (!active.length) return { rows: X.rows, columns: 0, data: new Float64Array(0), names: [] } satisfies Matrix
    const parts = active.map(({ name, transformer }) => weighted(isKeyword(transformer) ? X : work(transformer), weights?.[name]))
    const stacked = stackColumns(parts, X.rows, { sparse: parts.some(part => isMatrix(part) && part.sparse) })
    const all = parts.flatMap(shownNames)
    const verbose =
      this.params.verbose_feature_names_out === false && new Set(all).size < all.length ? true : this.params.verbose_feature_names_out!
    const names = outputNames(
      active.map(({ name }, k) => [name, shownNames(parts[k])] as const),
      verbose,
    )
    return isMatrix(stacked)
      ? { ...stacked, names }
      : { ...stacked, columns: stacked.columns.map((column, j) => ({ ...column, name: names[j] })) }
  }

  private active(): readonly Entry[] {
    return this.entries.filter(({ transformer }) => transformer !== 'drop')
  }

  override getFeatureNamesOut(inputFeatures?: readonly string[]): readonly string[] {
    const names = namesIn(this, inputFeatures)
    const parts = this.active().map(({ name, transformer }) => {
      const own = isKeyword(transformer) ? names : (transformer.getFeatureNamesOut?.(names) ?? numberedNames(names.length))
      return [name, own] as const
    })
    return outputNames(parts, this.params.verbose_feature_names_out!)
  }

  static restore(params: Params, fitted: FittedData, nested: RestoreNested): FeatureUnion {
    const entries = fitted.parts('entries_').map(part => {
      const name = part.raw('name')
      const transformer = part.raw('transformer')
      if (typeof name !== 'string') throw part.wrong('name', 'a text')
      return {
        name,
        transformer: isKeyword(transformer as ParamValue) ? (transformer as Keyword) : nestedTransformer(part, 'transformer', nested),
      }
    })
    const placeholders = entries.map(({ name }) => [name, 'drop'])
    const union = new FeatureUnion({ ...params, transformer_list: placeholders }).restoreColumns(fitted)
    union.entries = entries
    return union
  }

  toJSON() {
    return {
      entries_: this.entries.map(({ name, transformer }) => ({
        name,
        transformer: isKeyword(transformer) ? transformer : stepData(transformer),
      })),
      ...this.columnsJSON(),
    }
  }
}
