import { LearnError } from '../contract.ts'
import type { OnnxGraph } from './onnx-graph.ts'

/** One column on its way through a graph: a value of `[rows, 1]`. */
export interface OnnxColumn {
  readonly name: string
  readonly type: 'number' | 'text'
  readonly value: string
}

/** Columns, or one value of `[rows, width]` doubles, whichever a step left. */
export type OnnxFeatures = { readonly columns: readonly OnnxColumn[] } | { readonly matrix: string; readonly names: readonly string[] }

/** All columns side by side as doubles. @throws LearnError for text, as the model itself would */
export function matrixOf(graph: OnnxGraph, features: OnnxFeatures): { readonly matrix: string; readonly names: readonly string[] } {
  if ('matrix' in features) return features
  const { columns } = features
  const text = columns.find(({ type }) => type === 'text')
  if (text) throw new LearnError('learn/not-numeric', 'ValueError', `Column '${text.name}' holds text.`, { column: text.name })
  const names = columns.map(({ name }) => name)
  if (columns.length === 1) return { matrix: columns[0].value, names }
  return {
    matrix: graph.apply(
      'Concat',
      columns.map(({ value }) => value),
      { axis: { int: 1 } },
    ),
    names,
  }
}

export function columnsOf(graph: OnnxGraph, features: OnnxFeatures): readonly OnnxColumn[] {
  if ('columns' in features) return features.columns
  return features.names.map((name, j) => ({
    name,
    type: 'number',
    value: graph.apply('Gather', [features.matrix, graph.ints([j], [1])], { axis: { int: 1 } }),
  }))
}
