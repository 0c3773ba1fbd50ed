import type { Matrix } from '../contract.ts'
import { logisticWasm } from './logistic-wasm.ts'
import { instanceOf, type KernelInstance, Layout } from './wasm-module.ts'

/** What assembly/logistic.ts exports; each adds what the rows in its memory contribute. */
interface LogisticExports {
  prepare(): void
  binaryLoss(x: number, codes: number, weights: number, rows: number, columns: number, w: number, gradient: number, scratch: number): number
  multinomialLoss(
    x: number,
    codes: number,
    weights: number,
    rows: number,
    columns: number,
    classes: number,
    w: number,
    gradient: number,
    scratch: number,
  ): number
  binaryHessian(x: number, weights: number, rows: number, columns: number, width: number, w: number, h: number, scratch: number): number
  multinomialHessian(
    x: number,
    weights: number,
    rows: number,
    columns: number,
    width: number,
    classes: number,
    w: number,
    h: number,
    scratch: number,
  ): void
}

/** Bytes at the start of the memory that `prepare` fills. */
const constants = 1024
/** Rows of raw predictions that the kernel has room for, per class; its blocks are no larger. */
const mostRows = 256
/** Padded doubles of a block: `blockSize` of the assembly, but never fewer than 8 rows. */
const blockSize = 4096
/** Data up to this size are copied into the kernel's memory once: 100,000 rows of 20 columns. Larger ones pass through it at each look, so that memory stays small. */
const heldBytes = 2 ** 24
/** Bytes that pass through at a time: they stay in the second cache. */
const passingBytes = 2 ** 17

/** An instance that many kernels take turns in: a new one costs as much as a small fit. */
interface Shared {
  readonly instance: KernelInstance<LogisticExports>
  readonly bytes: number
  /** Whose data lie in the memory. */
  tenant?: object
}

/** Kernels of more than this get a memory of their own, which goes with them. Pages of the shared one cost nothing before they are written. */
const sharedBytes = 2 ** 25
let shared: Shared | undefined

function sharedInstance(bytes: number): Shared | undefined {
  if (bytes <= sharedBytes && shared) return shared
  const room = Math.max(bytes, sharedBytes)
  const instance = instanceOf<LogisticExports>(logisticWasm, room)
  if (!instance) return undefined
  instance.exports.prepare()
  const made = { instance, bytes: room }
  if (bytes <= sharedBytes) shared = made
  return made
}

/** The rows of a data set, in the kernel's memory as many at a time as there is room for. */
interface Passage {
  readonly instance: KernelInstance<LogisticExports>
  /** Calls for each part with its number of rows, while it lies at `x`, `codes` and `weights`. */
  readonly through: (visit: (rows: number) => void) => void
  readonly x: number
  readonly codes: number
  /** 0: all weigh 1. */
  readonly weights: number
}

function passage(layout: Layout, X: Matrix, codes: Int32Array | undefined, weights: Float64Array | undefined): Passage | undefined {
  const { rows, columns, data } = X
  const bytes = 8 * rows * columns
  const room = bytes <= heldBytes ? rows : Math.max(16, Math.floor(passingBytes / (8 * columns) / 4) * 4)
  // The kernel looks at two rows at once: one more than there are.
  const codesAt = layout.take(4 * room + 8)
  const weightsAt = weights ? layout.take(8 * room + 8) : 0
  const xAt = layout.take(8 * room * columns)
  const place = sharedInstance(layout.bytes)
  if (!place) return undefined
  const { buffer } = place.instance.memory
  const [xRoom, codesRoom] = [new Float64Array(buffer, xAt, room * columns), new Int32Array(buffer, codesAt, room)]
  const weightsRoom = new Float64Array(buffer, weightsAt, room)
  const self = {}
  const fill = (from: number, to: number) => {
    xRoom.set(data.subarray(from * columns, to * columns))
    if (codes) codesRoom.set(codes.subarray(from, to))
    if (weights) weightsRoom.set(weights.subarray(from, to))
  }
  const through = (visit: (rows: number) => void) => {
    for (let from = 0; from < rows; from += room) {
      const to = Math.min(from + room, rows)
      if (room < rows || place.tenant !== self) fill(from, to)
      visit(to - from)
    }
    place.tenant = self
  }
  return { instance: place.instance, through, x: xAt, codes: codesAt, weights: weightsAt }
}

/** Summed loss of parameters and, written, its gradient: per output one number per column, then the intercept's. */
export type LossSums = (w: Float64Array, gradient: Float64Array) => number

/** Undefined where there is no SIMD: use the plain twin. */
export function lossKernel(X: Matrix, codes: Int32Array, outputs: number, weights?: Float64Array): LossSums | undefined {
  const { columns } = X
  const size = outputs * (columns + 1)
  const layout = new Layout(constants)
  const [wAt, gradientAt] = [layout.take(8 * size), layout.take(8 * size)]
  const scratchAt = layout.take(8 * ((outputs + 1) * mostRows + columns + 1))
  const rows = passage(layout, X, codes, weights)
  if (!rows) return undefined
  const { memory, exports } = rows.instance
  const [parameters, sums] = [new Float64Array(memory.buffer, wAt, size), new Float64Array(memory.buffer, gradientAt, size)]
  return (w, gradient) => {
    parameters.set(w)
    sums.fill(0)
    let loss = 0
    rows.through(count => {
      loss +=
        outputs === 1
          ? exports.binaryLoss(rows.x, rows.codes, rows.weights, count, columns, wAt, gradientAt, scratchAt)
          : exports.multinomialLoss(rows.x, rows.codes, rows.weights, count, columns, outputs, wAt, gradientAt, scratchAt)
    })
    gradient.set(sums)
    return loss
  }
}

/** Summed second derivatives: `at(k, l)` holds those between two outputs k >= l, rows of `width`, of which the lower half counts. */
export interface HessianSums {
  readonly at: (k: number, l: number) => Float64Array
  readonly width: number
  /** Pointwise second derivatives of the binary loss that are not positive. */
  readonly flat: number
}

/** Undefined where there is no SIMD, or too many parameters: use the plain twin. */
export function hessianKernel(X: Matrix, outputs: number, weights?: Float64Array): ((w: Float64Array) => HessianSums) | undefined {
  const { columns } = X
  const width = (columns + 4) & ~3
  const size = (outputs * (outputs + 1)) / 2
  const layout = new Layout(constants)
  const wAt = layout.take(8 * outputs * (columns + 1))
  const scratchAt = layout.take(8 * ((outputs + 1) * mostRows + 2 * Math.max(blockSize, 8 * width)))
  const hAt = layout.take(8 * size * width * width)
  const rows = passage(layout, X, undefined, weights)
  if (!rows) return undefined
  const { memory, exports } = rows.instance
  const sums = new Float64Array(memory.buffer, hAt, size * width * width)
  return w => {
    new Float64Array(memory.buffer, wAt, w.length).set(w)
    sums.fill(0)
    let flat = 0
    rows.through(count => {
      if (outputs > 1) exports.multinomialHessian(rows.x, rows.weights, count, columns, width, outputs, wAt, hAt, scratchAt)
      else flat += exports.binaryHessian(rows.x, rows.weights, count, columns, width, wAt, hAt, scratchAt)
    })
    return {
      at: (k, l) => sums.subarray(((k * (k + 1)) / 2 + l) * width * width, ((k * (k + 1)) / 2 + l + 1) * width * width),
      width,
      flat,
    }
  }
}
