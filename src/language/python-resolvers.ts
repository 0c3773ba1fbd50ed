import type { ConfigFiles } from '../config/config-files.ts'
import { isIgnoredFolder } from './conf-roots.ts'
import { joinPath } from './paths.ts'

const mostFiles = 300
const greatestDepth = 4

/** Names of the resolvers that a project's Python code registers, found by reading it: it is never run. */
export function pythonResolvers(files: ConfigFiles, project: string): ReadonlySet<string> {
  const names = new Set<string>()
  let read = 0
  const visit = (folder: string, depth: number) => {
    for (const { name, kind } of files.list(folder) ?? []) {
      if (read >= mostFiles) return
      if (kind === 'folder') {
        if (depth < greatestDepth && !isIgnoredFolder(name)) visit(joinPath(folder, name), depth + 1)
      } else if (name.endsWith('.py')) {
        read++
        for (const resolver of registeredIn(files.read(joinPath(folder, name))?.text ?? '')) names.add(resolver)
      }
    }
  }
  visit(project, 0)
  return names
}

/** `OmegaConf.register_new_resolver("name", …)`, also by keyword or under its old name. */
function* registeredIn(text: string): Generator<string> {
  if (!text.includes('register_')) return
  for (const [, name] of text.matchAll(/\bregister_(?:new_)?resolver\(\s*(?:name\s*=\s*)?["']([\w.]+)["']/g)) yield name
}
