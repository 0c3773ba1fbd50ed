import type { Table } from '../../data/table.ts'
import { type Features, Float, type Params, type ParamValue } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { typeError, valueError } from '../not-built-in.ts'
import { numeric } from '../parameters.ts'
import { FeatureEngineTransformer } from './feature-engine-transformer.ts'
import { filledNumbers } from './filled-numbers.ts'
import { frameOf } from './frame.ts'
import { checkVariables, numericalVariables, plainText } from './variables.ts'

/** Fills missing numbers with a given one, or with one per column. Source: feature_engine 1.9.4. */
export class ArbitraryNumberImputer extends FeatureEngineTransformer {
  readonly name = 'ArbitraryNumberImputer'
  imputer_dict_: ReadonlyMap<string, number> = new Map()

  constructor({ arbitrary_number = 999, variables = null, imputer_dict = null }: Params = {}) {
    if (!isNumber(arbitrary_number)) throw valueError('arbitrary_number must be numeric of type int or float', 'arbitrary_number')
    requireNumbers(imputer_dict)
    checkVariables(variables)
    super({ arbitrary_number, variables, imputer_dict })
  }

  fit(X: Features): this {
    const table = frameOf(X)
    const given = Object.entries((this.params.imputer_dict ?? {}) as Readonly<Record<string, ParamValue>>)
    const variables = numericalVariables(table, given.length ? given.map(([name]) => name) : this.params.variables!)
    this.imputer_dict_ = given.length
      ? new Map(given.map(([name, value]) => [name, numeric(value)]))
      : new Map(variables.map(name => [name, numeric(this.params.arbitrary_number!)]))
    this.remember(table, variables)
    return this
  }

  transform(X: Features): Table {
    return filledNumbers(this.matched(X), this.imputer_dict_)
  }

  static restore(params: Params, fitted: FittedData): ArbitraryNumberImputer {
    const imputer = new ArbitraryNumberImputer(params).restoreColumns(fitted)
    const values = fitted.numbers('imputer_values', imputer.variables_.length)
    imputer.imputer_dict_ = new Map(imputer.variables_.map((name, k) => [name, values[k]]))
    return imputer
  }

  toJSON() {
    return {
      imputer_dict_: Object.fromEntries(this.imputer_dict_),
      imputer_values: this.variables_.map(name => this.imputer_dict_.get(name)!),
      ...this.columnsJSON(),
    }
  }
}

const isNumber = (value: ParamValue): boolean =>
  typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' || value instanceof Float

function requireNumbers(dict: ParamValue): void {
  if (dict === null) return
  if (typeof dict !== 'object' || Array.isArray(dict) || dict instanceof Float) {
    throw typeError(`The parameter can only take a dictionary or None. Got ${plainText(dict)} instead.`, 'imputer_dict')
  }
  if (!Object.values(dict).every(value => isNumber(value as ParamValue))) {
    throw valueError(`All values in the dictionary must be integer or float. Got ${plainText(dict)} instead.`, 'imputer_dict')
  }
}
