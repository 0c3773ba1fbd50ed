import type { ConfigSource, Endings } from '../sources/config-source.ts'

/** A config package of an official plugin, `pkg://hydra_plugins.hydra_colorlog.conf`. */
export function pluginSource(_name: string, _provider: string, _endings: Endings): ConfigSource | undefined {
  return undefined
}
