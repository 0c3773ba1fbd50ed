import { columnsOf, matrixOf, type OnnxColumn, type OnnxFeatures } from './onnx-features.ts'
import type { OnnxGraph } from './onnx-graph.ts'
import type { ConvertTransformer, StepJSON } from './onnx-step.ts'

/** [rows, 1] booleans: NaN is a missing number, an empty text a missing text. */
export const isMissing = (graph: OnnxGraph, { type, value }: OnnxColumn): string =>
  type === 'number' ? graph.apply('IsNaN', [value]) : missingText(graph, value)

/** A column of 1 where another one has a gap, else 0. */
export const missingFlag = (graph: OnnxGraph, column: OnnxColumn, name: string): OnnxColumn => ({
  name,
  type: 'number',
  value: graph.cast(isMissing(graph, column), 'double'),
})

/** LabelEncoder tells whether a text is empty: older runtimes do not compare texts. */
function missingText(graph: OnnxGraph, value: string): string {
  const flags = graph.apply('LabelEncoder', [value], {
    keys_strings: { texts: [''] },
    values_int64s: { ints: [1] },
    default_int64: { int: 0 },
  })
  return graph.cast(flags, 'bool')
}

/** Rows on the components, from the mean. */
export const pca: ConvertTransformer = (graph, features, { params, fitted }) => {
  const { matrix } = matrixOf(graph, features)
  const mean = fitted.numbers('mean_')
  const components = fitted.rows('components_')
  const lengths =
    params.whiten === true
      ? fitted.numbers('explained_variance_', components.length).map(value => Math.max(Math.sqrt(value), Number.EPSILON))
      : undefined
  const width = mean.length
  const weights = Float64Array.from({ length: width * components.length }, (_, at) => {
    const k = at % components.length
    return components[k][Math.floor(at / components.length)] / (lengths?.[k] ?? 1)
  })
  const centred = graph.apply('Sub', [matrix, graph.doubles(mean, [1, width])])
  const projected = graph.apply('MatMul', [centred, graph.doubles(weights, [width, components.length])])
  return { matrix: projected, names: components.map((_, k) => `pca${k}`) }
}

/** Products of columns; a power is a product as well, so that nothing is rounded in between. */
export const polynomials: ConvertTransformer = (graph, features, { fitted }) => {
  const { matrix, names } = matrixOf(graph, features)
  const powers = fitted.rows('powers_')
  const longest = Math.max(1, ...powers.map(row => row.reduce((sum, power) => sum + power, 0)))
  const one = graph.apply('Add', [graph.apply('Mul', [columnAt(graph, matrix, 0), graph.doubles([0], [])]), graph.doubles([1], [])])
  const extended = graph.apply('Concat', [matrix, one], { axis: { int: 1 } })
  const factors = powers.map(row => [...row].flatMap((power, j) => Array.from({ length: power }, () => j)).reverse())
  const stage = (k: number) =>
    graph.apply(
      'Gather',
      [
        extended,
        graph.ints(
          factors.map(list => list[k] ?? names.length),
          [factors.length],
        ),
      ],
      { axis: { int: 1 } },
    )
  const product = Array.from({ length: longest }, (_, k) => stage(k)).reduce((all, next) => graph.apply('Mul', [all, next]))
  return { matrix: product, names: powers.map((_, k) => `product${k}`) }
}

const columnAt = (graph: OnnxGraph, matrix: string, j: number): string =>
  graph.apply('Gather', [matrix, graph.ints([j], [1])], { axis: { int: 1 } })

/** Each row by its length; a row of zeros stays. */
export const normalizer: ConvertTransformer = (graph, features, { params }) => {
  const { matrix, names } = matrixOf(graph, features)
  const axis = graph.ints([1], [1])
  const sizes = graph.apply('Abs', [matrix])
  const length =
    params.norm === 'l1'
      ? graph.apply('ReduceSum', [sizes, axis], { keepdims: { int: 1 } })
      : params.norm === 'max'
        ? graph.apply('ReduceMax', [sizes, axis], { keepdims: { int: 1 } })
        : graph.apply('Sqrt', [graph.apply('ReduceSum', [graph.apply('Mul', [matrix, matrix]), axis], { keepdims: { int: 1 } })])
  const none = graph.apply('Equal', [length, graph.doubles([0], [])])
  return { matrix: graph.apply('Div', [matrix, graph.apply('Where', [none, graph.doubles([1], []), length])]), names }
}

/** The columns that a selector keeps. */
export const selected = (graph: OnnxGraph, features: OnnxFeatures, { fitted }: StepJSON): OnnxFeatures => {
  const columns = columnsOf(graph, features)
  const kept = fitted.ints('support', { low: 0, high: columns.length - 1 })
  return { columns: Array.from(kept, j => columns[j]) }
}
