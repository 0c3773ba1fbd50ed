import type { Table } from '../../data/table.ts'
import { type Features, LearnError, type Params, type Transformer } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { pythonRepr } from '../parameters.ts'
import { categoricalVariables, type TextColumn } from './categorical-variables.ts'
import { requireTable } from './mean-median-imputer.ts'

/**
 * Fills missing text with a fixed word or with the most frequent value of its column.
 * Source: feature_engine 1.9.4; two equally frequent values are an error there, so also here.
 */
export class CategoricalImputer implements Transformer {
  readonly kind = 'transformer'
  readonly name = 'CategoricalImputer'
  readonly params: Params
  imputer_dict_: ReadonlyMap<string, string> = new Map()

  constructor({ imputation_method = 'missing', fill_value = 'Missing' }: Params = {}) {
    if (imputation_method !== 'missing' && imputation_method !== 'frequent') {
      throw new LearnError('learn/invalid-parameter', 'ValueError', "imputation_method takes only values 'missing' or 'frequent'", {
        parameter: 'imputation_method',
        hint: `It is ${pythonRepr(imputation_method)}.`,
      })
    }
    this.params = { imputation_method, fill_value }
  }

  fit(X: Features): this {
    const variables = categoricalVariables(requireTable(X, this.name))
    if (this.params.imputation_method === 'missing') {
      this.imputer_dict_ = new Map(variables.map(column => [column.name, String(this.params.fill_value)]))
      return this
    }
    const modes = variables.map(column => [column, modesOf(column)] as const)
    const unclear = modes.filter(([, values]) => values.length > 1).map(([column]) => column.name)
    if (unclear.length) {
      const message =
        variables.length === 1
          ? `The variable ${unclear[0]} contains multiple frequent categories.`
          : `The variable(s) ${unclear.join(', ')} contain(s) multiple frequent categories.`
      throw new LearnError('learn/several-modes', 'ValueError', message, {
        column: unclear[0],
        hint: "Use imputation 'missing' for such a column.",
      })
    }
    this.imputer_dict_ = new Map(modes.map(([column, [mode]]) => [column.name, mode]))
    return this
  }

  transform(X: Features): Table {
    const table = requireTable(X, this.name)
    return {
      rows: table.rows,
      columns: table.columns.map(column => {
        const fill = this.imputer_dict_.get(column.name)
        if (fill === undefined || column.type !== 'text' || !column.codes.includes(-1)) return column
        const known = column.categories.indexOf(fill)
        const code = known < 0 ? column.categories.length : known
        return {
          ...column,
          codes: column.codes.map(value => (value < 0 ? code : value)),
          categories: known < 0 ? [...column.categories, fill] : column.categories,
        }
      }),
    }
  }

  static restore(params: Params, fitted: FittedData): CategoricalImputer {
    const imputer = new CategoricalImputer(params)
    imputer.imputer_dict_ = new Map(
      fitted.entries('imputer_dict_').map(([column, value]) => {
        if (typeof value !== 'string') throw fitted.wrong('imputer_dict_', 'texts by column')
        return [column, value]
      }),
    )
    return imputer
  }

  toJSON() {
    return { imputer_dict_: Object.fromEntries(this.imputer_dict_) }
  }
}

function modesOf(column: TextColumn): string[] {
  const counts = new Int32Array(column.categories.length)
  for (const code of column.codes) if (code >= 0) counts[code]++
  const most = counts.reduce((a, b) => Math.max(a, b), 0)
  return column.categories.filter((_, code) => counts[code] === most)
}
