import type { OnnxGraph } from './onnx-graph.ts'
import type { StepJSON } from './onnx-step.ts'

/** What a model says of each row, before it is an output of the graph. */
export type OnnxAnswer =
  | {
      readonly kind: 'classifier'
      /** [rows], int64: places in `classes_`. */
      readonly index: string
      /** [rows, classes], float or double; absent for a model that gives labels only. */
      readonly probabilities?: string
    }
  | { readonly kind: 'regressor' /** [rows, 1] doubles. */; readonly value: string }

/** Probabilities by the logistic function of one decision value, or the softmax of several; the label by the decision. */
export function decided(
  graph: OnnxGraph,
  decision: string,
  outputs: number,
  { positive, scale = 1 }: { readonly positive: 'Greater' | 'GreaterOrEqual'; readonly scale?: number },
): OnnxAnswer & { kind: 'classifier' } {
  if (outputs > 1) {
    return { kind: 'classifier', index: largest(graph, decision), probabilities: graph.apply('Softmax', [decision], { axis: { int: 1 } }) }
  }
  const above = graph.apply('Reshape', [graph.apply(positive, [decision, graph.doubles([0], [])]), graph.ints([-1], [1])])
  return { kind: 'classifier', index: graph.cast(above, 'int64'), probabilities: bothShares(graph, decision, scale) }
}

/** [rows]: the place of the first largest value. */
export const largest = (graph: OnnxGraph, values: string): string =>
  graph.apply('ArgMax', [values], { axis: { int: 1 }, keepdims: { int: 0 } })

function bothShares(graph: OnnxGraph, decision: string, scale: number): string {
  const scaled = scale === 1 ? decision : graph.apply('Mul', [decision, graph.doubles([scale], [])])
  const share = graph.apply('Sigmoid', [scaled])
  return graph.apply('Concat', [graph.apply('Sub', [graph.doubles([1], []), share]), share], { axis: { int: 1 } })
}

/** The mean of values of one shape by the weights of a vote. */
export function weightedMean(graph: OnnxGraph, values: readonly string[], { fitted }: StepJSON): string {
  const weights = fitted.has('weights') ? fitted.numbers('weights', values.length) : new Float64Array(values.length).fill(1)
  const parts = values.map((value, m) => graph.apply('Mul', [graph.cast(value, 'double'), graph.doubles([weights[m]], [])]))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return graph.apply('Div', [parts.reduce((sum, part) => graph.apply('Add', [sum, part])), graph.doubles([total], [])])
}
