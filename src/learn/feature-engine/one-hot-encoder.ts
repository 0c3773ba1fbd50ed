import type { Column, Table } from '../../data/table.ts'
import { type Features, LearnError, type Params, type Transformer } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import { categoricalVariables } from './categorical-variables.ts'
import { requireTable } from './mean-median-imputer.ts'

/**
 * One 0/1 column per category, in the order in which categories first appear; a category first seen later gives zeros.
 * Source: feature_engine 1.9.4: the new columns stand behind the others, named `<column>_<category>`.
 */
export class OneHotEncoder implements Transformer {
  readonly kind = 'transformer'
  readonly name = 'OneHotEncoder'
  readonly type = 'feature_engine.OneHotEncoder'
  readonly params: Params = {}
  encoder_dict_: ReadonlyMap<string, readonly string[]> = new Map()

  fit(X: Features): this {
    const variables = categoricalVariables(requireTable(X, this.name))
    for (const column of variables) requireNoGaps(column)
    this.encoder_dict_ = new Map(variables.map(column => [column.name, inOrderOfAppearance(column)]))
    return this
  }

  transform(X: Features): Table {
    const table = requireTable(X, this.name)
    const kept = table.columns.filter(column => !this.encoder_dict_.has(column.name))
    const dummies: Column[] = []
    for (const [name, categories] of this.encoder_dict_) {
      const column = table.columns.find(candidate => candidate.name === name)
      if (!column) throw new LearnError('learn/missing-column', 'KeyError', `"['${name}'] not in index"`, { column: name })
      requireNoGaps(column)
      for (const category of categories) dummies.push(dummy(column, category))
    }
    return { rows: table.rows, columns: [...kept, ...dummies] }
  }

  static restore(_: Params, fitted: FittedData): OneHotEncoder {
    const encoder = new OneHotEncoder()
    encoder.encoder_dict_ = new Map(
      fitted.entries('encoder_dict_').map(([column, categories]) => {
        if (!Array.isArray(categories) || !categories.every(category => typeof category === 'string')) {
          throw fitted.wrong('encoder_dict_', 'lists of categories by column')
        }
        return [column, categories as string[]]
      }),
    )
    return encoder
  }

  toJSON() {
    return { encoder_dict_: Object.fromEntries(this.encoder_dict_) }
  }
}

function inOrderOfAppearance(column: Column & { type: 'text' }): string[] {
  const seen = new Set<number>()
  for (const code of column.codes) seen.add(code)
  return [...seen].map(code => column.categories[code])
}

function dummy(column: Column, category: string): Column {
  const name = `${column.name}_${category}`
  if (column.type !== 'text') return { name, type: 'int', values: column.values.map(value => (String(value) === category ? 1 : 0)) }
  const code = column.categories.indexOf(category)
  return { name, type: 'int', values: Float64Array.from(column.codes, value => (value === code && code >= 0 ? 1 : 0)) }
}

function requireNoGaps(column: Column): void {
  if (column.type !== 'text') return
  const row = column.codes.indexOf(-1)
  if (row < 0) return
  throw new LearnError(
    'learn/missing-values',
    'ValueError',
    'Some of the variables in the dataset contain NaN. Check and remove those before using this transformer.',
    { column: column.name, row, hint: `Column '${column.name}' has a missing cell in row ${row + 1}: put a CategoricalImputer before.` },
  )
}
