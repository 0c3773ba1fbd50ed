import { LearnError } from '../contract.ts'
import type { FittedData } from '../fitted-data.ts'
import type { OnnxFeatures } from './onnx-features.ts'
import type { OnnxGraph } from './onnx-graph.ts'

/** A step of a model file. */
export interface StepJSON {
  readonly type: string
  readonly params: Readonly<Record<string, unknown>>
  readonly fitted: FittedData
}

/** Adds what a transformer does to a graph. */
export type ConvertTransformer = (graph: OnnxGraph, features: OnnxFeatures, step: StepJSON) => OnnxFeatures

/** A step, or a setting of one, that has no ONNX form here. */
export const notExported = (what: string, hint?: string): LearnError =>
  new LearnError('learn/not-exported', 'NotImplementedError', `${what} cannot be written as ONNX.`, hint ? { hint } : {})

/** A parameter of a model file as a number: `{"float": 1}` is 1.0. */
export const numberOf = (value: unknown): number =>
  Number(typeof value === 'object' && value !== null && 'float' in value ? value.float : value)
