import { overrideProblem } from '../defaults/default-problems.ts'
import { checkInterpolation, isInterpolation } from '../omegaconf/index.ts'
import { isHydraOverride, type Override } from '../override/index.ts'
import type { Problem } from '../problems.ts'

/**
 * Hydra keeps each override as it was written in `hydra.overrides`, a list of its config: there `${…}` with quotes that are escaped for the
 * command line is no interpolation that OmegaConf can read. The first such line.
 */
export function unreadableLine(overrides: readonly Override[]): Problem | undefined {
  const counts = { hydra: 0, task: 0 }
  for (const override of overrides) {
    const { text } = override.source
    const list = isHydraOverride(override) ? 'hydra' : 'task'
    const index = counts[list]++
    const error = isInterpolation(text) ? checkInterpolation(text) : undefined
    if (!error) continue
    const message = `${error.message}\n    full_key: hydra.overrides.${list}[${index}]\n    reference_type=List[str]\n    object_type=list`
    return overrideProblem('interpolation/syntax', message, override, {
      hint: 'Hydra reads the override as it is written once more: use the other kind of quotes inside of ${…}',
    })
  }
  return undefined
}
