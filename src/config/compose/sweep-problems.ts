import { overrideProblem } from '../defaults/default-problems.ts'
import { isHydraOverride, isSweepOverride, type Override } from '../override/index.ts'
import type { Problem } from '../problems.ts'

/** Sweeps where none may be: all in a single run, those over Hydra's own config in a multirun. */
export function* illegalSweeps(overrides: readonly Override[], mode: 'run' | 'multirun'): Generator<Problem> {
  for (const override of overrides) {
    if (!isSweepOverride(override)) continue
    const { text } = override.source
    if (mode === 'multirun') {
      if (isHydraOverride(override))
        yield overrideProblem('override/sweep-over-hydra', `Sweeping over Hydra's configuration is not supported : '${text}'`, override)
    } else if (override.valueType === 'SIMPLE_CHOICE_SWEEP') {
      const value = override.valueSpan!
      const written = text.slice(value.start, value.end)
      const message =
        `Ambiguous value for argument '${text}'\n1. To use it as a list, use key=[value1,value2]\n` +
        "2. To use it as string, quote the value: key=\\'value1,value2\\'\n3. To sweep over it, add --multirun to your command line"
      yield overrideProblem('override/ambiguous', message, override, {
        fixes: [
          { title: 'Make it a list', edits: [{ span: value, newText: `[${written}]` }] },
          { title: 'Make it a text', edits: [{ span: value, newText: `'${written}'` }] },
        ],
      })
    } else yield overrideProblem('override/sweep-needs-multirun', `Sweep parameters '${text}' requires --multirun`, override)
  }
}
