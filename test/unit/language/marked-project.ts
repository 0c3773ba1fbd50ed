import type { ConfigFiles } from '../../../src/config/config-files.ts'
import type { SourceText } from '../../../src/config/source-text.ts'
import type { Completion, Diagnostic, Position, Range } from '../../../src/language/contract.ts'
import { complete, createWorkspaceModel, diagnose, type WorkspaceModel } from '../../../src/language/index.ts'
import { offsetAt, positionAt, rangeBetween } from '../../../src/language/positions.ts'

/** A project in memory. `|` in one text is the cursor, `«…»` are stretches a test speaks of. */
export interface MarkedProject {
  readonly files: ConfigFiles
  /** Path of the text with the cursor, else of the first text. */
  readonly path: string
  readonly source: SourceText
  readonly offset: number
  readonly position: Position
  /** Marked stretches by path. */
  readonly marked: ReadonlyMap<string, readonly Range[]>
}

export const projectFolder = '/project'

/** `text` with the cursor taken out. */
export function cursorIn(text: string): { text: string; offset: number } {
  const offset = text.indexOf('|')
  return offset < 0 ? { text, offset: 0 } : { text: text.slice(0, offset) + text.slice(offset + 1), offset }
}

/** A project whose texts lie in `conf/`, but those that begin with `/`, which lie in the project's folder. */
export function conf(texts: Readonly<Record<string, string>>): MarkedProject {
  const sources = new Map<string, SourceText>()
  const marked = new Map<string, Range[]>()
  let cursor: { path: string; offset: number } | undefined
  for (const [name, text] of Object.entries(texts)) {
    const path = name.startsWith('/') ? projectFolder + name : `${projectFolder}/conf/${name}`
    const { plain, stretches, offset } = withoutMarks(text)
    const source = { path, text: plain }
    sources.set(path, source)
    marked.set(
      path,
      stretches.map(([start, end]) => rangeBetween(source, start, end)),
    )
    if (offset !== undefined) cursor = { path, offset }
  }
  const path = cursor?.path ?? [...sources.keys()][0]
  const source = sources.get(path)!
  const offset = cursor?.offset ?? 0
  return { files: memoryFiles(sources), path, source, offset, position: positionAt(source, offset), marked }
}

/** Takes `|` (the first; not in CSV files' sense) and `«»` out of a text. */
function withoutMarks(text: string): { plain: string; stretches: [number, number][]; offset: number | undefined } {
  let plain = ''
  let offset: number | undefined
  const open: number[] = []
  const stretches: [number, number][] = []
  for (const c of text) {
    if (c === '|' && offset === undefined) offset = plain.length
    else if (c === '«') open.push(plain.length)
    else if (c === '»') stretches.push([open.pop()!, plain.length])
    else plain += c
  }
  return { plain, stretches: stretches.sort((a, b) => a[0] - b[0]), offset }
}

/** Files from memory; folders exist because of the files below them. */
export function memoryFiles(sources: Map<string, SourceText>): ConfigFiles {
  return {
    read: path => sources.get(path),
    list(folder) {
      const below = [...sources.keys()].filter(path => path.startsWith(`${folder}/`)).map(path => path.slice(folder.length + 1))
      if (below.length === 0) return undefined
      const kinds = new Map(below.map(path => [path.split('/')[0], path.includes('/') ? ('folder' as const) : ('file' as const)]))
      return [...kinds].map(([name, kind]) => ({ name, kind }))
    },
  }
}

/** The language room over a project. */
export function modelOf(project: MarkedProject, env: Record<string, string> = {}): WorkspaceModel {
  const model = createWorkspaceModel(project.files, { env })
  model.configure({ folders: [projectFolder] })
  return model
}

/** Labels of the completions at the cursor. */
export const completed = (texts: Readonly<Record<string, string>>): readonly Completion[] => {
  const project = conf(texts)
  return complete(modelOf(project), project.path, project.position)
}
export const labels = (texts: Readonly<Record<string, string>>): readonly string[] => completed(texts).map(({ label }) => label)

/** The text of a file after a completion was accepted. */
export function accepted(texts: Readonly<Record<string, string>>, label: string): string {
  const project = conf(texts)
  const found = complete(modelOf(project), project.path, project.position).find(completion => completion.label === label)
  if (!found) throw new Error(`no completion ${label}`)
  const { text } = project.source
  const { start, end } = found.replace
  return text.slice(0, offsetAt(project.source, start)) + found.insertText + text.slice(offsetAt(project.source, end))
}

export interface SeenProblem {
  readonly code: string
  readonly at: string
  readonly severity?: Diagnostic['severity']
  readonly fix?: string
}

/** The problems of a file (default: the one with marks or the cursor), with the text they stand at. Errors have no severity here. */
export function problems(texts: Readonly<Record<string, string>>, name?: string): readonly SeenProblem[] {
  const project = conf(texts)
  const marked = [...project.marked].find(([, ranges]) => ranges.length)?.[0]
  const path = name ? `${projectFolder}/conf/${name}` : (marked ?? project.path)
  const source = project.files.read(path)!
  return diagnose(modelOf(project), path).map(({ code, range, severity, fixes: [fix] }) => ({
    code,
    at: `«${source.text.slice(offsetAt(source, range.start), offsetAt(source, range.end))}»`,
    ...(severity === 'error' ? {} : { severity }),
    ...(fix ? { fix: fix.edits[0].newText } : {}),
  }))
}

/** The text of a file after each of the fixes of its problems, by title. */
export function fixed(texts: Readonly<Record<string, string>>, name: string): Record<string, string> {
  const project = conf(texts)
  const path = `${projectFolder}/conf/${name}`
  const source = project.files.read(path)!
  const results = diagnose(modelOf(project), path).flatMap(({ fixes }) =>
    fixes.map(({ title, edits }) => {
      const own = edits.filter(edit => edit.path === path)
      const last = own.toSorted((a, b) => offsetAt(source, b.range.start) - offsetAt(source, a.range.start))
      const text = last.reduce(
        (result, { range, newText }) =>
          result.slice(0, offsetAt(source, range.start)) + newText + result.slice(offsetAt(source, range.end)),
        source.text,
      )
      return [title, text] as const
    }),
  )
  return Object.fromEntries(results)
}
