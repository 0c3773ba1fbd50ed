import { ProblemError } from '../config/problems.ts'
import type { Params } from '../learn/contract.ts'
import type { Platform } from '../platform/ports.ts'
import type { Trial } from '../study/contract.ts'
import type { ProjectModules } from '../targets/contract.ts'
import { problemOf } from './failure.ts'

/** In this order: the first that is there is the module. */
const extensions = ['mjs', 'js', 'cjs'] as const

/**
 * Loads the modules of a project that a config's targets name: `main.X` is export `X` of `main.mjs`, `main.js` or `main.cjs` beside the conf root.
 * Loading runs the project's code, so this is called in trusted workspaces only.
 *
 * @param names first parts of the targets that occur in the config
 * @throws ProblemError when a module is there but fails to load
 */
export async function loadProjectModules(platform: Platform, project: string, names: Iterable<string>): Promise<ProjectModules> {
  const loaded = new Map<string, Record<string, unknown>>()
  for (const name of new Set(names)) {
    if (!/^[\w-]+$/.test(name)) continue
    const path = extensions.map(extension => `${project}/${name}.${extension}`).find(candidate => platform.files.exists(candidate))
    if (!path) continue
    try {
      const module = await platform.importModule(path)
      // A CommonJS module's exports come as `default`.
      loaded.set(name, { ...(typeof module.default === 'object' ? module.default : {}), ...module })
    } catch (error) {
      const { message } = problemOf(error)
      throw new ProblemError({
        code: 'target/module-failed',
        severity: 'error',
        message: `Error importing '${path}': ${message}`,
        locations: [],
      })
    }
  }
  return {
    exports: new Map([...loaded].map(([name, module]) => [name, Object.keys(module).filter(key => typeof module[key] === 'function')])),
    call(module, name, params, trial) {
      const made = loaded.get(module)?.[name]
      if (typeof made !== 'function') throw new TypeError(`${module}.${name} is not a function`)
      return construct(made as Callable, params, trial)
    },
  }
}

type Callable = ((params: Params, trial?: Trial) => unknown) & (new (params: Params, trial?: Trial) => unknown)

/** A class is constructed, a function called. */
const construct = (made: Callable, params: Params, trial?: Trial) =>
  /^class\b/.test(Function.prototype.toString.call(made)) ? new made(params, trial) : made(params, trial)
