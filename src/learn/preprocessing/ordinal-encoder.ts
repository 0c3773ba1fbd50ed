import { type Features, type FitControl, Float, type Matrix, type Params, type ParamValue } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { notBuiltIn, typeError, valueError } from '../not-built-in.ts'
import { aFloat, aList, anInt, anyFloat, anyInt, checkParameters, isFraction, none, numeric, oneOf, pythonRepr } from '../parameters.ts'
import { isMissing } from './categories.ts'
import { aDtype } from './dtype.ts'
import { Encoder } from './encoder.ts'
import { groupInfrequent, groupsInfrequent } from './infrequent.ts'
import { restoreGroupings } from './one-hot-encoder.ts'

/** One number per category: its place among the sorted ones. Source: scikit-learn 1.9. */
export class OrdinalEncoder extends Encoder {
  readonly name = 'OrdinalEncoder'

  constructor(params: Params = {}) {
    super(
      checkParameters('OrdinalEncoder', params, {
        categories: { default: 'auto', accepts: [oneOf('auto'), aList] },
        dtype: { default: 'float64', accepts: [aDtype] },
        handle_unknown: { default: 'error', accepts: [oneOf('error', 'use_encoded_value')] },
        unknown_value: { default: null, accepts: [anyInt, anyFloat, none] },
        encoded_missing_value: { default: new Float(Number.NaN), accepts: [anyInt, anyFloat] },
        min_frequency: { default: null, accepts: [anInt(1), aFloat(0, 1, 'neither'), none] },
        max_categories: { default: null, accepts: [anInt(1), none] },
      }),
    )
    if (this.params.dtype !== 'float64') throw notBuiltIn(this.name, 'dtype', this.params.dtype!)
  }

  fit(features: Features): this {
    this.checkUnknownValue()
    const counts = this.learnCategories(features)
    const grouped = groupsInfrequent(this.params)
    this.groupings = counts.map((count, j) =>
      grouped ? groupInfrequent(this.hasMissing(j) ? count.slice(0, -1) : count, features.rows, this.params) : undefined,
    )
    this.checkCodes()
    return this
  }

  transform(features: Features, control?: FitControl): Matrix {
    const codes = this.codes(features, control)
    const columns = codes.length
    const data = new Float64Array(features.rows * columns)
    const unknown = this.params.unknown_value === null ? 0 : numeric(this.params.unknown_value!)
    codes.forEach((column, j) => {
      const values = this.valuesOf(j)
      for (let i = 0; i < column.length; i++) data[i * columns + j] = column[i] < 0 ? unknown : values[column[i]]
    })
    return { rows: features.rows, columns, data, names: this.namesFor(features) }
  }

  private hasMissing(j: number): boolean {
    return isMissing(this.categories_[j].values.at(-1))
  }

  private valuesOf(j: number): Float64Array {
    const mapping = this.groupings[j]?.mapping
    return Float64Array.from(this.categories_[j].values, (value, code) =>
      isMissing(value) ? numeric(this.params.encoded_missing_value!) : mapping ? mapping[code] : code,
    )
  }

  private checkUnknownValue(): void {
    const { handle_unknown, unknown_value } = this.params
    if (handle_unknown === 'use_encoded_value') {
      if (isNotANumber(unknown_value!) || (unknown_value !== null && !isFraction(unknown_value!))) return
      throw typeError(
        `unknown_value should be an integer or np.nan when handle_unknown is 'use_encoded_value', got ${pythonRepr(unknown_value)}.`,
        'unknown_value',
      )
    }
    if (unknown_value === null) return
    throw typeError(
      `unknown_value should only be set when handle_unknown is 'use_encoded_value', got ${pythonRepr(unknown_value)}.`,
      'unknown_value',
    )
  }

  /** Neither the code for unknown nor the one for missing may be that of a category. */
  private checkCodes(): void {
    const { handle_unknown, unknown_value, encoded_missing_value } = this.params
    const sizes = this.categories_.map(({ values }, j) => {
      const grouped = this.groupings[j]?.infrequent.length ?? 0
      return values.length - grouped - (this.hasMissing(j) ? 1 : 0)
    })
    const taken = (value: number, size: number) => value >= 0 && value < size
    if (handle_unknown === 'use_encoded_value' && sizes.some(size => taken(numeric(unknown_value!), size))) {
      throw valueError(
        `The used value for unknown_value ${pythonRepr(unknown_value)} is one of the values already used for encoding the seen categories.`,
        'unknown_value',
      )
    }
    if (isNotANumber(encoded_missing_value!)) return
    const invalid = sizes.flatMap((size, j) => (this.hasMissing(j) && taken(numeric(encoded_missing_value!), size) ? [j] : []))
    if (!invalid.length) return
    const names = this.feature_names_in_ ? `[${invalid.map(j => `'${this.feature_names_in_![j]}'`).join(' ')}]` : `[${invalid.join(', ')}]`
    throw valueError(
      `encoded_missing_value (${pythonRepr(encoded_missing_value)}) is already used to encode a known category in features: ${names}`,
      'encoded_missing_value',
    )
  }

  static restore(params: Params, fitted: FittedData): OrdinalEncoder {
    const encoder = new OrdinalEncoder(params).restoreCategories(fitted)
    encoder.groupings = restoreGroupings(
      fitted,
      encoder.categories_.map(({ values }, j) => values.length - (encoder.hasMissing(j) ? 1 : 0)),
    )
    return encoder
  }

  toJSON() {
    return { ...this.categoriesJSON(), infrequent: this.groupings.map(grouping => grouping?.infrequent ?? null) }
  }
}

const isNotANumber = (value: ParamValue): boolean => (value instanceof Float || typeof value === 'number') && Number.isNaN(numeric(value))
