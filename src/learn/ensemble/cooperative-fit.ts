import type { FitControl, Predictor } from '../contract.ts'

/** A fit in steps: each yields how many of `total` are done; nothing in the middle of one. */
export type Fitting = Generator<number | void, void, void>

const milliseconds = 20

/** Runs a fit to its end, telling progress. */
export function fitAtOnce(fitting: Fitting, total: number, unit: string, control: FitControl = {}): void {
  for (const done of fitting) if (done !== undefined) control.onProgress?.(done, total, unit)
}

/**
 * Runs a fit with pauses in which others run and a cancellation is heard.
 *
 * @param soFar the model as far as it has come, made at the first stage that somebody hears of
 */
export async function fitWithPauses(
  fitting: Fitting,
  { total, unit, soFar }: { readonly total: number; readonly unit: string; readonly soFar: () => Predictor },
  { signal, onProgress, onStage }: FitControl = {},
): Promise<void> {
  let rested = performance.now()
  let model: Predictor | undefined
  for (const done of fitting) {
    if (onStage && done !== undefined) await onStage({ done, total, model: (model ??= soFar()) })
    if (performance.now() - rested < milliseconds && done !== total) continue
    if (done !== undefined) onProgress?.(done, total, unit)
    await new Promise(resolve => setTimeout(resolve))
    signal?.throwIfAborted()
    rested = performance.now()
  }
}
