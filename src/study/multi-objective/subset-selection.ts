import { type ArgsortMode, argsortOf } from '../../numerics/argsort.ts'
import { boxOf, hypervolume, worse } from './hypervolume.ts'
import { distinctRows, type Losses } from './non-domination.ts'

export interface SubsetOptions {
  readonly argsort?: ArgsortMode
  /** Told how far each choice was ahead of the next, relative to it: rounding decides what is below 1e-12. */
  readonly onMargin?: (margin: number) => void
}

/**
 * `size` rows of one front that together cover much volume, chosen greedily. Gives their indices.
 *
 * Source: optuna 5.0, `_hypervolume.hssp` (Guerreiro, Fonseca and Paquete 2016, with lazy updates).
 */
export function selectSubset(losses: Losses, size: number, reference: readonly number[], options: SubsetOptions = {}): number[] {
  const all = losses.map((_, i) => i)
  if (size === losses.length) return all
  const { first } = distinctRows(losses)
  if (first.length < size) {
    const chosen = new Set(first)
    const repeated = all.filter(i => !chosen.has(i)).slice(0, size - first.length)
    for (const i of repeated) chosen.add(i)
    return all.filter(i => chosen.has(i))
  }
  if (!reference.every(Number.isFinite)) return first.slice(0, size)
  if (first.length === size) return [...first]
  const rows = first.map(i => losses[i])
  const picked = reference.length === 2 ? selectOfTwo(rows, size, reference) : selectGreedily(rows, size, reference, options)
  return picked.map(i => first[i])
}

/** With two objectives each pick only narrows the rectangles of its neighbours. */
function selectOfTwo(rows: Losses, size: number, reference: readonly number[]): number[] {
  const left = rows.map((row, i) => ({ i, row, corner: [...reference] }))
  const picked: number[] = []
  while (picked.length < size) {
    const at = indexOfLargest(left.map(({ row, corner }) => (corner[0] - row[0]) * (corner[1] - row[1])))
    const [{ i, row }] = left.splice(at, 1)
    picked.push(i)
    for (const [j, { corner }] of left.entries()) {
      const side = j < at ? 0 : 1
      corner[side] = Math.min(row[side], corner[side])
    }
  }
  return picked
}

function selectGreedily(rows: Losses, size: number, reference: readonly number[], { argsort = 'simd', onMargin }: SubsetOptions): number[] {
  const picked: number[] = []
  const selected: (readonly number[])[] = []
  let left = rows.map((row, i) => ({ i, row, gain: boxOf(row, reference) }))
  let covered = 0
  for (;;) {
    const gains = left.map(({ gain }) => gain)
    const at = indexOfLargest(gains)
    if (onMargin !== undefined && picked.length > 0) onMargin(marginOf(gains, at))
    covered += left[at].gain
    picked.push(left[at].i)
    selected.push(left[at].row)
    if (picked.length === size) return picked
    left = left.filter((_, j) => j !== at)
    updateGains(left, selected, reference, covered, argsort)
  }
}

interface Candidate {
  readonly row: readonly number[]
  gain: number
}

/** Gains only shrink, so a candidate whose old gain is below the best new one need not be computed again. */
function updateGains(
  left: readonly Candidate[],
  selected: Losses,
  reference: readonly number[],
  covered: number,
  argsort: ArgsortMode,
): void {
  if (covered === Number.POSITIVE_INFINITY || covered === Number.NEGATIVE_INFINITY) {
    for (const candidate of left) candidate.gain = Number.POSITIVE_INFINITY
    return
  }
  const boxes = left.map(({ row }) => boxOf(row, reference))
  const last = selected[selected.length - 1]
  for (const [j, candidate] of left.entries()) {
    candidate.gain = Math.min(candidate.gain, boxes[j] - boxOf(worse(candidate.row, last), reference))
  }
  let best = 0
  const order = argsortOf(
    left.map(({ gain }) => -gain),
    argsort,
  )
  for (const j of order) {
    const candidate = left[j]
    if (!Number.isFinite(boxes[j]) && !Number.isNaN(boxes[j])) {
      candidate.gain = best = Number.POSITIVE_INFINITY
      continue
    }
    if (candidate.gain < best) continue
    candidate.gain =
      reference.length <= 3
        ? hypervolume([...selected, candidate.row], reference, { assumePareto: true, argsort }) - covered
        : boxes[j] -
          hypervolume(
            selected.map(row => worse(candidate.row, row)),
            reference,
            { argsort },
          )
    best = Math.max(candidate.gain, best)
  }
}

/** By how much the largest is ahead of the others, relative to it. */
function marginOf(gains: readonly number[], at: number): number {
  let next = Number.NEGATIVE_INFINITY
  for (const [i, gain] of gains.entries()) if (i !== at && gain > next) next = gain
  return next === Number.NEGATIVE_INFINITY ? Number.POSITIVE_INFINITY : (gains[at] - next) / Math.abs(gains[at])
}

/** The first largest; NaN counts as larger than everything, as in numpy. */
function indexOfLargest(values: readonly number[]): number {
  let best = 0
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) return i
    if (values[i] > values[best]) best = i
  }
  return best
}
