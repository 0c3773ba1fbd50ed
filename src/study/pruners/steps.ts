import type { FrozenTrial } from '../contract.ts'

/** The largest step that a trial has reported. */
export function lastStepOf({ intermediateValues }: FrozenTrial): number | undefined {
  let last: number | undefined
  for (const step of intermediateValues.keys()) if (last === undefined || step > last) last = step
  return last
}

/** Whether `step` is the first report since the last multiple of `interval` after the warm-up. */
export function isFirstInInterval(step: number, steps: Iterable<number>, warmup: number, interval: number): boolean {
  const start = Math.floor((step - warmup) / interval) * interval + warmup
  let before = -1
  for (const other of steps) if (other > before && other !== step) before = other
  return before < start
}
