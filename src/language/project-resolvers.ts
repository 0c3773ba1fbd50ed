import type { ConfigFiles } from '../config/config-files.ts'
import type { ConfRoot } from './conf-roots.ts'
import { joinPath } from './paths.ts'
import type { WorkspaceModel } from './workspace-model.ts'

/** Names of the resolvers that the project's code has, in Python or in its `main` module: found by reading, none is run for the editor. */
export const declaredResolvers = (model: WorkspaceModel, root: ConfRoot): ReadonlySet<string> =>
  model.once(`resolvers ${root.path}`, () => new Set([...model.app(root).resolvers, ...resolversOfMain(model.files, root.project)]))

/** Keys of the object that `main.mjs`, `main.js` or `main.cjs` exports as `resolvers`. */
export function resolversOfMain(files: ConfigFiles, project: string): readonly string[] {
  const source = ['mjs', 'js', 'cjs'].map(extension => files.read(joinPath(project, `main.${extension}`))).find(Boolean)
  const at = source && /\bresolvers\s*(?::[^=]*)?[=:]\s*(?:new\s+Map\(\s*\[|\{)/.exec(source.text)
  return source && at ? keysOfLiteral(source.text, at.index + at[0].length) : []
}

const token = /\/\/.*|\/\*[\s\S]*?\*\/|(["'`])((?:\\.|(?!\1)[\s\S])*)\1|[{[(]|[}\])]|,|[\w$]+/g

/** Names at the beginning of the entries of an object or of a Map's list, from behind its opening bracket. */
function keysOfLiteral(text: string, from: number): string[] {
  const names: string[] = []
  let depth = 0
  let isStart = true
  token.lastIndex = from
  for (let found = token.exec(text); found; found = token.exec(text)) {
    const [whole, quote, quoted] = found
    if (whole.startsWith('//') || whole.startsWith('/*')) continue
    if ('}])'.includes(whole)) {
      if (--depth < 0) break
    } else if ('{[('.includes(whole)) {
      // `['name', fn]` of a Map
      if (!(depth++ === 0 && isStart && whole === '[')) isStart = false
    } else if (whole === ',') isStart = depth === 0
    else if (isStart && whole !== 'async') {
      names.push(quote ? quoted : whole)
      isStart = false
    }
  }
  return names
}
