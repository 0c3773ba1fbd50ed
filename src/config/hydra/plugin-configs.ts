import { type BuiltinTree, builtinSource } from '../sources/builtin-source.ts'
import type { ConfigSource, Endings } from '../sources/config-source.ts'
import { ownOptions } from './own-options.ts'
import { colorlogConf, pluginStructured } from './plugin-data.ts'

/** Structured configs of the official plugins, and ours, as files of the config tree. */
export const pluginTree: BuiltinTree = {
  ...Object.fromEntries(Object.entries(pluginStructured).map(([path, { text }]) => [`${path}.yaml`, { text }])),
  ...ownOptions,
}

/** A config package of an official plugin, `pkg://hydra_plugins.hydra_colorlog.conf`. */
export function pluginSource(name: string, provider: string, endings: Endings): ConfigSource | undefined {
  if (name !== 'hydra_plugins.hydra_colorlog.conf') return undefined
  return builtinSource(colorlogConf, { provider, scheme: 'pkg', path: name, endings })
}

/** Packages that an installed plugin would add to the search path. They come onto it when one of their configs is chosen. */
export const pluginSources = (endings: Endings): readonly ConfigSource[] => [
  pluginSource('hydra_plugins.hydra_colorlog.conf', 'hydra-colorlog', endings)!,
]
