import { type ConfigNode, stringOf } from '../config/node.ts'
import { ProblemError } from '../config/problems.ts'
import { jobProblem, placesOf } from './config-places.ts'

/** Plugins that are known by their configs, but whose work is done by programs that are not here. */
const elsewhere =
  /^hydra_plugins\.hydra_(submitit_launcher|ray_launcher|rq_launcher|joblib_launcher|ax_sweeper|nevergrad_sweeper|optuna_sweeper)\./

/**
 * What is said of a `hydra.launcher` or `hydra.sweeper` that is not built in: Hydra's words for a name that no plugin has, else that it is known.
 *
 * @param target the `_target_` node
 */
export function unknownPlugin(part: 'launcher' | 'sweeper', target: ConfigNode | undefined, hint: string): ProblemError {
  const name = stringOf(target)
  const message =
    name === undefined
      ? 'class not configured'
      : elsewhere.test(name)
        ? `The ${part} ${name} is not built in.`
        : /^(hydra_plugins|hydra\._internal\.core_plugins)\./.test(name)
          ? `Unknown plugin class : '${name}'`
          : `Invalid plugin '${name}': not the hydra_plugins package`
  const code = part === 'launcher' ? 'sweep/unknown-launcher' : 'sweep/unknown-sweeper'
  return new ProblemError(jobProblem(code, message, placesOf(target), { hint }))
}
