import type { ConfigFiles } from '../config-files.ts'
import { joinPath } from './paths.ts'

/** What the decorator of a project's application says of its configs. */
export interface HydraMain {
  /** Absolute. */
  readonly configPath?: string
  readonly configName?: string
}

/**
 * The `@hydra.main` of `main.py` in a folder, or of the only other file there that has one: who runs the project with Python leaves path and name
 * to it. It is read, never run; what is no plain text in it stays unknown.
 */
export function hydraMainIn(files: ConfigFiles, folder: string): HydraMain {
  const scripts = (files.list(folder) ?? []).filter(({ name, kind }) => kind === 'file' && name.endsWith('.py')).map(({ name }) => name)
  const chosen = scripts.includes('main.py') ? ['main.py'] : scripts
  const found = chosen.flatMap(name => [...decorators(files.read(joinPath(folder, name))?.text ?? '')])
  if (found.length !== 1) return {}
  const [args] = found
  const text = (name: string) => new RegExp(`\\b${name}\\s*=\\s*["']([^"']*)["']`).exec(args)?.[1]
  const path = text('config_path')
  const name = text('config_name')?.replace(/\.ya?ml$/, '')
  return {
    ...(path && !path.includes('://') ? { configPath: joinPath(folder, path) } : {}),
    ...(name ? { configName: name } : {}),
  }
}

/** The arguments of each `@hydra.main(…)`. */
function* decorators(text: string): Generator<string> {
  for (const [, args] of text.replace(/#[^\n"']*$/gm, '').matchAll(/^\s*@\s*(?:\w+\.)*(?:hydra_)?main\(([^)]*)\)/gm)) yield args
}
