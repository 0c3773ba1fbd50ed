import type { FitControl } from '../contract.ts'

/** A fit in steps: each yields how many of `total` are done. */
export type Fitting = Generator<number, void, void>

const milliseconds = 20

/** Runs a fit to its end, telling progress. */
export function fitAtOnce(fitting: Fitting, total: number, unit: string, control: FitControl = {}): void {
  for (const done of fitting) control.onProgress?.(done, total, unit)
}

/** Runs a fit with pauses in which others run and a cancellation is heard. */
export async function fitWithPauses(fitting: Fitting, total: number, unit: string, { signal, onProgress }: FitControl = {}): Promise<void> {
  let rested = performance.now()
  for (const done of fitting) {
    if (performance.now() - rested < milliseconds && done < total) continue
    onProgress?.(done, total, unit)
    await new Promise(resolve => setTimeout(resolve))
    signal?.throwIfAborted()
    rested = performance.now()
  }
}
