import type { Location } from '../config/problems.ts'
import { Callable, Float, type Params, type ParamValue, Tuple } from '../learn/index.ts'
import type { Platform } from '../platform/ports.ts'
import type { ProjectModules } from '../targets/contract.ts'
import { importProjectModule, placeIn } from './import-module.ts'
import { isOwnPart, ownStep } from './own-step.ts'

/**
 * Loads the modules of a project that a config's targets name: `main.X` is export `X` of `main.mjs`, `main.js` or `main.cjs` beside the conf root.
 * Loading runs the project's code, so this is called in trusted workspaces only.
 *
 * @param names first parts of the targets that occur in the config
 * @param writtenAt where the config names one of them
 * @throws ProblemError when a module is there but fails to load
 */
export async function loadProjectModules(
  platform: Platform,
  project: string,
  names: Iterable<string>,
  writtenAt: (module: string) => readonly Location[] = () => [],
): Promise<ProjectModules> {
  const loaded = new Map<string, Record<string, unknown>>()
  const placeOf = (error: unknown) => placeIn(platform.files, project, error)
  for (const name of new Set(names)) {
    const module = await importProjectModule(platform, project, name, writtenAt)
    if (module) loaded.set(name, module)
  }
  return {
    exports: new Map([...loaded].map(([name, module]) => [name, Object.keys(module).filter(key => typeof module[key] === 'function')])),
    placeOf,
    call(module, name, params, trial, args = []) {
      const made = loaded.get(module)?.[name]
      if (typeof made !== 'function') throw new TypeError(`${module}.${name} is not a function`)
      const value = construct(made as Factory, [...args.map(plainArgument), plainArguments(params), trial])
      return isOwnPart(value) ? ownStep(value, `${module}.${name}`, params) : value
    },
  }
}

type Factory = ((...given: unknown[]) => unknown) & (new (...given: unknown[]) => unknown)

/** A class is constructed, a function called. */
const construct = (made: Factory, given: readonly unknown[]) =>
  /^class\b/.test(Function.prototype.toString.call(made)) ? new made(...given) : made(...given)

/** A dict of a config has no prototype. */
function isDict(value: ParamValue | undefined): value is object & ParamValue {
  if (typeof value !== 'object' || value === null || value instanceof Callable) return false
  const prototype = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype
}

/** Parameters as JavaScript has them: 1.0 is a number, a tuple an array; steps stay what they are. */
function plainArguments(value: Params): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, plainArgument(item)]))
}

function plainArgument(value: ParamValue | undefined): unknown {
  if (value instanceof Float) return value.value
  if (value instanceof Tuple) return value.items.map(plainArgument)
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value
  if (Array.isArray(value)) return value.map(plainArgument)
  return isDict(value) && !('kind' in value) ? plainArguments(value as Params) : value
}
