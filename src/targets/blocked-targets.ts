import { blockedNames } from './blocked-names.ts'

/**
 * Python names that Hydra 1.3.8 refuses to call from a config. Nothing of Python runs here; the same names are refused in the same words, so
 * that a config that Hydra would stop is not taken for a typing slip.
 */
export const isBlocked = (name: string): boolean =>
  isProtected(name) || isUncontrolled(canonical(name)) || isDefaultBlocked(canonical(name))

/** Hydra's message for it. */
export function blockedMessage(name: string): string {
  if (isProtected(name)) {
    return `Reference '${name}' cannot be selected by declarative\nconfiguration because it exposes implementation state. Access it\nfrom trusted Python code instead.`
  }
  const target = canonical(name)
  const note = target === name ? '' : ` (resolved from '${name}')`
  return isUncontrolled(target)
    ? `Target '${target}'${note} is blocklisted because it allows\nconfig data to control executable behavior or belongs to an\nexecution-capable target family. It cannot be authorized with\nHYDRA_INSTANTIATE_ALLOWLIST_OVERRIDE.`
    : `Target '${target}'${note} is blocklisted and cannot be instantiated from config\nto prevent security vulnerabilities, set env var\nHYDRA_INSTANTIATE_ALLOWLIST_OVERRIDE=${target}:<other allowlisted targets> to bypass`
}

const uncontrolled: ReadonlySet<string> = new Set(blockedNames.uncontrolled)
const exceptions: ReadonlySet<string> = new Set(blockedNames.exceptions)
const blocked: ReadonlySet<string> = new Set(blockedNames.blocked)
const attributes: ReadonlySet<string> = new Set(blockedNames.attributes)

const isUncontrolled = (target: string) =>
  uncontrolled.has(target) || (!exceptions.has(target) && blockedNames.prefixes.some(prefix => target.startsWith(prefix)))

const isDefaultBlocked = (target: string) => blocked.has(target)

const isOrIn = (name: string, prefix: string) => name === prefix || name.startsWith(`${prefix}.`)

/** Hydra's own insides, and what shows a program's state. */
function isProtected(name: string): boolean {
  const parts = name.split('.')
  if (parts.includes('f_locals') || parts.some(part => attributes.has(part))) return true
  return ['hydra._internal', 'sys.last_exc', 'sys.last_traceback', 'sys.last_value'].some(prefix => isOrIn(name, prefix))
}

const modules: readonly (readonly [string, string])[] = [
  ['posix', 'os'],
  ['nt', 'os'],
  ['posixpath', 'os.path'],
  ['ntpath', 'os.path'],
]

const aliases: readonly (readonly [string, string])[] = [
  ['abc.abstractclassmethod', 'builtins.classmethod'],
  ['abc.abstractproperty', 'builtins.property'],
  ['abc.abstractstaticmethod', 'builtins.staticmethod'],
  ['builtins.property', 'builtins.property'],
  ['collections.UserString.format', 'builtins.str.format'],
  ['collections.UserString.format_map', 'builtins.str.format_map'],
  ['enum.DynamicClassAttribute', 'builtins.property'],
  ['enum.property', 'builtins.property'],
  ['functools.cached_property', 'functools.cached_property'],
  ['logging.Formatter', 'logging.Formatter'],
  ['types.DynamicClassAttribute', 'builtins.property'],
]

/** The name under which Hydra judges a target: `posix.system` is `os.system`. */
function canonical(name: string): string {
  const module = modules.find(([prefix]) => name.startsWith(`${prefix}.`))
  const publicName = module ? module[1] + name.slice(module[0].length) : name
  return aliases.find(([prefix]) => isOrIn(publicName, prefix))?.[1] ?? publicName
}
