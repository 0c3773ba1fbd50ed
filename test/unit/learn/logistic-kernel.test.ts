import { expect, test } from 'vitest'
import type { Matrix } from '../../../src/learn/contract.ts'
import { hessianKernel, lossKernel } from '../../../src/learn/kernels/logistic-kernel.ts'
import { plainHessianSums, plainSums } from '../../../src/learn/linear/logistic-loss.ts'
import { RandomState } from '../../../src/learn/random-state.ts'

const random = new RandomState(Number(process.env.FUZZ_SEED ?? 20_261_125))
const pick = <T>(...options: readonly T[]): T => options[random.below(options.length)]
const numbers = (length: number, scale: number) => Float64Array.from({ length }, () => scale * (2 * random.double() - 1))

/** Odd and even sizes, labels of every class, predictions from the flat ends of the loss to its middle; the last one passes through the kernel in parts. */
function someProblem(most: { readonly rows: number; readonly columns: number }, outputs: number) {
  const rows = pick(1, 2, 3, 7, 64, 257, most.rows)
  const columns = pick(1, 2, 3, 4, 5, 8, 11, most.columns)
  const X: Matrix = { rows, columns, data: numbers(rows * columns, 1) }
  const codes = Int32Array.from({ length: rows }, () => random.below(Math.max(2, outputs)))
  const weights = pick(true, false) ? numbers(rows, 1).map(Math.abs) : undefined
  return { X, codes, weights, w: numbers(outputs * (columns + 1), pick(0.1, 1, 1, 30, 1000)) }
}

/** Largest difference, in units of what the summands add up to. */
const difference = (a: ArrayLike<number>, b: ArrayLike<number>, scale: number) =>
  Array.from(a).reduce((most, value, i) => Math.max(most, Math.abs(value - b[i]) / scale), 0)

test('the WebAssembly loss and gradient are those of the plain twin', () => {
  for (let i = 0; i < 300; i++) {
    const outputs = pick(1, 1, 2, 3, 5)
    const { X, codes, weights, w } = someProblem({ rows: 700, columns: 70 }, outputs)
    const [ours, plain] = [new Float64Array(w.length), new Float64Array(w.length)]
    const kernel = lossKernel(X, codes, outputs, weights)!
    const expected = plainSums(X, codes, outputs, weights)(w, plain)
    // Twice: the second time the rows may be there already.
    for (let times = 0; times < 2; times++) {
      const loss = kernel(w, ours)
      // Below exp(-708) the kernel says exp(-708).
      expect(Math.abs(loss - expected) / Math.max(expected, 1e-290)).toBeLessThan(1e-11)
      expect(difference(ours, plain, X.rows)).toBeLessThan(1e-14)
    }
  }
})

test('a loss near nothing keeps its digits', () => {
  const X: Matrix = { rows: 2, columns: 1, data: Float64Array.of(1, -1) }
  for (const raw of [20, 36.5, 38, 100, 600]) {
    const gradient = new Float64Array(2)
    const [w, plain] = [Float64Array.of(raw, 0), new Float64Array(2)]
    const loss = lossKernel(X, Int32Array.of(1, 0), 1)!(w, gradient)
    const expected = plainSums(X, Int32Array.of(1, 0), 1)(w, plain)
    expect(Math.abs(loss / expected - 1)).toBeLessThan(1e-15)
    expect(Math.abs(gradient[0] / plain[0] - 1)).toBeLessThan(1e-15)
  }
})

test('predictions that are no numbers stay so', () => {
  for (const outputs of [1, 3]) {
    const X: Matrix = { rows: 3, columns: 1, data: Float64Array.of(1, 1e308, -1) }
    const w = new Float64Array(2 * outputs).fill(1e10)
    const gradient = new Float64Array(w.length)
    expect(lossKernel(X, Int32Array.of(1, 0, 1), outputs)!(w, gradient)).toBe(
      plainSums(X, Int32Array.of(1, 0, 1), outputs)(w, gradient.slice()),
    )
  }
})

test('the WebAssembly second derivatives are those of the plain twin', () => {
  for (let i = 0; i < 120; i++) {
    const outputs = pick(1, 1, 2, 4)
    const { X, weights, w } = someProblem({ rows: 900, columns: 37 }, outputs)
    const ours = hessianKernel(X, outputs, weights)!(w)
    const plain = plainHessianSums(X, outputs, weights)(w)
    // What lies between exp(-708) and the smallest double there is may count as flat or not.
    expect(Math.abs(ours.flat - plain.flat)).toBeLessThanOrEqual(X.rows / 100)
    for (let k = 0; k < outputs; k++) {
      for (let l = 0; l <= k; l++) {
        for (let j = 0; j <= X.columns; j++) {
          const row = ours.at(k, l).subarray(j * ours.width, j * ours.width + j + 1)
          expect(difference(row, plain.at(k, l).subarray(j * plain.width), X.rows)).toBeLessThan(1e-14)
        }
      }
    }
  }
})

test('kernels that take turns do not mix up their data', () => {
  const problems = [1, 3, 1].map(outputs => ({ outputs, ...someProblem({ rows: 90, columns: 6 }, outputs) }))
  const kernels = problems.map(({ X, codes, outputs, weights }) => lossKernel(X, codes, outputs, weights)!)
  const once = kernels.map((kernel, i) => kernel(problems[i].w, problems[i].w.slice()))
  for (const i of [0, 1, 2, 1, 0, 0, 2]) expect(kernels[i](problems[i].w, problems[i].w.slice())).toBe(once[i])
})
