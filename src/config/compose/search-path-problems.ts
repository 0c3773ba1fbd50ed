import type { Problem } from '../problems.ts'
import type { ConfigSource } from '../sources/config-source.ts'

/** The conf root is not there. */
export function missingMainSource(sources: readonly ConfigSource[]): Problem | undefined {
  const main = sources.find(({ provider }) => provider === 'main')
  if (!main || main.available()) return undefined
  const { scheme, path } = main
  const message =
    scheme === 'file'
      ? `Primary config directory not found.\nCheck that the config directory '${path}' exists and readable`
      : path === ''
        ? 'Primary config module is empty.\nPython requires resources to be in a module with an __init__.py file'
        : `Primary config module '${path}' not found.\nCheck that it's correct and contains an __init__.py file`
  return { code: 'config/no-root', severity: 'error', message, locations: [], hint: 'name the folder with --config-path (-cp)' }
}
