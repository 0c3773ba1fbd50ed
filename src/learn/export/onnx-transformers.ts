import type { FittedData } from '../fitted-data.ts'
import { columnsOf, matrixOf, type OnnxColumn, type OnnxFeatures } from './onnx-features.ts'
import type { Attribute, OnnxGraph } from './onnx-graph.ts'
import { isMissing, missingFlag, normalizer, pca, polynomials, selected } from './onnx-projections.ts'
import { type ConvertTransformer, notExported, numberOf, type StepJSON } from './onnx-step.ts'

/**
 * Adds a transformer to a graph.
 *
 * @throws LearnError `learn/not-exported` for one that has no ONNX form here, by name
 */
export function transformerToOnnx(graph: OnnxGraph, features: OnnxFeatures, step: StepJSON): OnnxFeatures {
  const convert = converters[step.type]
  if (!convert) throw notExported(step.type, `What can: ${Object.keys(converters).join(', ')}.`)
  return convert(graph, features, step)
}

/** (x - shift) / scale, or x * factor + offset; what is absent is not done. */
const scaled =
  (parts: (step: StepJSON) => readonly (readonly ['Sub' | 'Div' | 'Mul' | 'Add', Float64Array | undefined])[]): ConvertTransformer =>
  (graph, features, step) => {
    let { matrix, names } = matrixOf(graph, features)
    for (const [operator, values] of parts(step)) {
      if (values) matrix = graph.apply(operator, [matrix, graph.doubles(values, [1, values.length])])
    }
    if (step.params.clip === true) matrix = clipped(graph, matrix, step.params.feature_range)
    return { matrix, names }
  }

function clipped(graph: OnnxGraph, matrix: string, range: unknown): string {
  const items = (range as { readonly tuple?: readonly unknown[] } | undefined)?.tuple ?? [0, 1]
  const [low, high] = items.map(numberOf)
  return graph.apply('Min', [graph.apply('Max', [matrix, graph.doubles([low], [])]), graph.doubles([high], [])])
}

const converters: Readonly<Record<string, ConvertTransformer>> = {
  StandardScaler: scaled(({ params, fitted }) => [
    ['Sub', params.with_mean === false ? undefined : fitted.numbers('mean_')],
    ['Div', params.with_std === false ? undefined : fitted.numbers('scale_')],
  ]),
  MinMaxScaler: scaled(({ fitted }) => [
    ['Mul', fitted.numbers('scale_')],
    ['Add', fitted.numbers('min_')],
  ]),
  MaxAbsScaler: scaled(({ fitted }) => [['Div', fitted.numbers('scale_')]]),
  RobustScaler: scaled(({ fitted }) => [
    ['Sub', fitted.has('center_') ? fitted.numbers('center_') : undefined],
    ['Div', fitted.has('scale_') ? fitted.numbers('scale_') : undefined],
  ]),
  MeanMedianImputer: (graph, features, { fitted }) => filledByName(graph, features, fitted),
  CategoricalImputer: (graph, features, { fitted }) => filledByName(graph, features, fitted),
  ArbitraryNumberImputer: (graph, features, { fitted }) => filledByName(graph, features, fitted),
  SimpleImputer: simpleImputer,
  AddMissingIndicator: (graph, features, { fitted }) => {
    const columns = columnsOf(graph, features)
    const marked = new Set(fitted.texts('variables_'))
    const flags = columns.filter(({ name }) => marked.has(name)).map(column => missingFlag(graph, column, `${column.name}_na`))
    return { columns: [...columns, ...flags] }
  },
  PCA: pca,
  PolynomialFeatures: polynomials,
  Normalizer: normalizer,
  SelectKBest: selected,
  VarianceThreshold: selected,
  'feature_engine.OneHotEncoder': dummiesByName,
  OneHotEncoder: oneHotEncoder,
  OrdinalEncoder: ordinalEncoder,
  DropFeatures: (graph, features, { fitted }) => {
    const dropped = new Set(fitted.texts('features_to_drop_'))
    return { columns: columnsOf(graph, features).filter(({ name }) => !dropped.has(name)) }
  },
  ColumnTransformer: (graph, features, { fitted }) => {
    const columns = columnsOf(graph, features)
    const parts = fitted.parts('entries_').map(entry => {
      const chosen = [...entry.numbers('columns')].map(j => columns[j])
      return nested(graph, { columns: chosen }, entry)
    })
    return beside(graph, parts)
  },
  FeatureUnion: (graph, features, { fitted }) =>
    beside(
      graph,
      fitted.parts('entries_').map(entry => nested(graph, features, entry)),
    ),
  TransformerPipeline: (graph, features, { fitted }) =>
    fitted.parts('steps').reduce((before: OnnxFeatures, entry) => nested(graph, before, entry), features),
}

/** The transformer of an entry of another step: a step, or one of scikit-learn's keywords. */
function nested(graph: OnnxGraph, features: OnnxFeatures, entry: FittedData): OnnxFeatures {
  const keyword = entry.raw('transformer')
  if (keyword === 'passthrough') return features
  if (keyword === 'drop') return { columns: [] }
  const step = entry.part('transformer')
  const params = Object.fromEntries(step.entries('params'))
  return transformerToOnnx(graph, features, { type: step.text('type'), params, fitted: step.part('fitted') })
}

const beside = (graph: OnnxGraph, parts: readonly OnnxFeatures[]): OnnxFeatures => ({
  columns: parts.flatMap(part => columnsOf(graph, part)),
})

/** Fills the gaps of the columns that `imputer_dict_` names. */
function filledByName(graph: OnnxGraph, features: OnnxFeatures, fitted: FittedData): OnnxFeatures {
  const values = new Map(fitted.entries('imputer_dict_'))
  return {
    columns: columnsOf(graph, features).map(column => (values.has(column.name) ? filled(graph, column, values.get(column.name)) : column)),
  }
}

/** NaN is a missing number, an empty text a missing text. */
function filled(graph: OnnxGraph, column: OnnxColumn, by: unknown): OnnxColumn {
  const { value, type } = column
  const missing = isMissing(graph, column)
  const fill = type === 'number' ? graph.doubles([Number(by)], [1, 1]) : graph.texts([String(by)], [1, 1])
  return { ...column, value: graph.apply('Where', [missing, fill, value]) }
}

function simpleImputer(graph: OnnxGraph, features: OnnxFeatures, { params, fitted }: StepJSON): OnnxFeatures {
  const missing = params.missing_values
  const isNaNValue =
    missing === undefined || missing === null || (typeof missing === 'object' && 'float' in missing && missing.float === 'NaN')
  if (!isNaNValue) throw notExported('SimpleImputer with other missing_values than NaN')
  const statistics = fitted.raw('statistics_')
  if (!Array.isArray(statistics)) throw fitted.wrong('statistics_', 'a list')
  const keepsEmpty = params.keep_empty_features === true
  const before = columnsOf(graph, features)
  const columns = before.flatMap((column, j) => {
    const value: unknown = statistics[j]
    if (value === null && !keepsEmpty) return []
    return [filled(graph, column, value ?? 0)]
  })
  if (params.add_indicator !== true) return { columns }
  const gaps = [...fitted.ints('indicator_features_', { low: 0, high: before.length - 1 })]
  return { columns: [...columns, ...gaps.map(j => missingFlag(graph, before[j], `missingindicator_${before[j].name}`))] }
}

/** A missing text is empty. */
const textOf = (category: unknown): string => (category === null ? '' : String(category))

const missingCode = ({ params }: StepJSON): number =>
  params.encoded_missing_value === undefined || params.encoded_missing_value === null ? Number.NaN : numberOf(params.encoded_missing_value)

/** A column of 0 and 1 for each category; others are all 0. */
function dummies(graph: OnnxGraph, { name, type, value }: OnnxColumn, categories: readonly unknown[]): OnnxColumn[] {
  const flags =
    type === 'text'
      ? graph.apply('Reshape', [
          graph.apply('OneHotEncoder', [value], { cats_strings: { texts: categories.map(textOf) }, zeros: { int: 1 } }),
          graph.ints([-1, categories.length], [2]),
        ])
      : graph.apply('Equal', [value, graph.doubles(categories.map(Number), [1, categories.length])])
  const matrix = graph.cast(flags, 'double')
  return columnsOf(graph, { matrix, names: categories.map(category => `${name}_${category}`) }).map(column => column)
}

function dummiesByName(graph: OnnxGraph, features: OnnxFeatures, { fitted }: StepJSON): OnnxFeatures {
  const encoder = new Map(fitted.entries('encoder_dict_'))
  const columns = columnsOf(graph, features)
  const encoded = [...encoder].flatMap(([name, categories]) => {
    const column = columns.find(one => one.name === name)
    if (!column || !Array.isArray(categories)) throw fitted.wrong('encoder_dict_', 'categories of columns')
    return dummies(graph, column, categories)
  })
  return { columns: [...columns.filter(({ name }) => !encoder.has(name)), ...encoded] }
}

/** Categories of each column. @throws LearnError where one of them is a missing value, or rare ones are put together */
function categoriesOf({ type, fitted }: StepJSON): readonly (readonly unknown[])[] {
  const grouped = fitted.raw('infrequent')
  if (Array.isArray(grouped) && grouped.some(group => group !== null)) throw notExported(`${type} with infrequent categories`)
  return fitted.parts('categories_').map(part => {
    const values = part.raw('values')
    if (!Array.isArray(values)) throw part.wrong('values', 'a list')
    if (values.includes(null) && part.raw('kind') !== 'text') throw notExported(`${type} with missing numbers among its categories`)
    return values.map(value => (typeof value === 'boolean' ? Number(value) : value))
  })
}

function oneHotEncoder(graph: OnnxGraph, features: OnnxFeatures, step: StepJSON): OnnxFeatures {
  const categories = categoriesOf(step)
  const drops = step.fitted.raw('drop_idx_')
  const columns = columnsOf(graph, features).flatMap((column, j) => {
    const all = dummies(graph, column, categories[j])
    const drop: unknown = Array.isArray(drops) ? drops[j] : null
    return typeof drop === 'number' ? all.filter((_, k) => k !== drop) : all
  })
  return { columns }
}

function ordinalEncoder(graph: OnnxGraph, features: OnnxFeatures, step: StepJSON): OnnxFeatures {
  const unknown = step.params.handle_unknown === 'use_encoded_value' ? numberOf(step.params.unknown_value) : Number.NaN
  const categories = categoriesOf(step)
  const columns = columnsOf(graph, features).map((column, j): OnnxColumn => {
    const codes = categories[j].map((category, k) => (category === null ? missingCode(step) : k))
    const keys: Record<string, Attribute> =
      column.type === 'text'
        ? { keys_strings: { texts: categories[j].map(textOf) } }
        : { keys_floats: { floats: categories[j].map(Number) } }
    const attributes: Record<string, Attribute> = { ...keys, values_floats: { floats: codes }, default_float: { float: unknown } }
    const input = column.type === 'text' ? column.value : graph.cast(column.value, 'float')
    return {
      name: column.name,
      type: 'number',
      value: graph.cast(graph.apply('LabelEncoder', [input], attributes), 'double'),
    }
  })
  return { columns }
}
