import { FittedData } from '../fitted-data.ts'
import { modelFile } from '../model-file.ts'
import type { Pipeline } from '../pipeline.ts'
import type { OnnxColumn, OnnxFeatures } from './onnx-features.ts'
import { OnnxGraph } from './onnx-graph.ts'
import { modelToOnnx } from './onnx-models.ts'
import type { StepJSON } from './onnx-step.ts'
import { transformerToOnnx } from './onnx-transformers.ts'

/** A column that the model learned from: text goes in as strings (empty where missing), all else as doubles (NaN where missing). */
export interface OnnxInput {
  readonly name: string
  readonly type: 'int' | 'float' | 'bool' | 'text'
}

/**
 * A fitted pipeline as the bytes of a `.onnx` file: one input of `[rows, 1]` per column; `label` and `probabilities`, or `variable`.
 *
 * Operators of opset 18 and ai.onnx.ml 3. Trees keep their double thresholds; probabilities come as float32.
 *
 * @throws LearnError `learn/not-exported` for a step that has no ONNX form here, by name
 */
export function toOnnx(
  pipeline: Pipeline,
  columns: readonly OnnxInput[],
  { version = '0' }: { readonly version?: string } = {},
): Uint8Array {
  const graph = new OnnxGraph()
  // As JSON: the same attributes that a model file has.
  const steps = (JSON.parse(JSON.stringify(modelFile(pipeline))) as ReturnType<typeof modelFile>).steps.map(
    ({ type, params, fitted }): StepJSON => ({ type, params, fitted: new FittedData(fitted, type) }),
  )
  const inputs = columns.map(
    ({ name, type }): OnnxColumn =>
      type === 'text'
        ? { name, type: 'text', value: graph.input(name, 'string') }
        : { name, type: 'number', value: graph.input(name, 'double') },
  )
  const features = steps.slice(0, -1).reduce((before: OnnxFeatures, step) => transformerToOnnx(graph, before, step), { columns: inputs })
  modelToOnnx(graph, features, steps.at(-1)!)
  const doc = steps.map(({ type }) => type).join(' > ')
  return graph.model({ producer: 'fitwright', version, doc })
}
