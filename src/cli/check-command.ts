import { existsSync, statSync } from 'node:fs'
import type { Diagnostic } from '../language/contract.ts'
import { createWorkspaceModel, diagnose, filesOf, readyForHydra14, schemaFilesOf, type WorkspaceModel } from '../language/index.ts'
import { slashes } from '../platform/node.ts'
import { parentPath, resolvePath } from '../run/paths.ts'
import { type Flag, parseArguments, UsageError } from './arguments.ts'
import { type FoundProblem, githubText, sarifText, summaryText } from './check-formats.ts'
import { flagsHelp } from './flags-help.ts'
import { problemText } from './print-problem.ts'
import { type Workplace, withUsage, workplace } from './workplace.ts'

const flags: readonly Flag[] = [
  { names: ['--format', '-f'], value: 'one', choices: ['text', 'json', 'sarif', 'github'], help: 'How problems are printed' },
  { names: ['--ready-for'], value: 'one', choices: ['1.4'], metavar: '1.4', help: 'Warn of what Hydra 1.4 reads otherwise' },
  { names: ['--help', '-h'], value: 'none', help: 'This help' },
]
const usage = 'fitwright check [PATH…] [--format text|json|sarif|github] [--ready-for 1.4]'

/** `fitwright check`: every mistake that the editor would mark, in all configs below the paths. Exit code 1 when there is an error. */
export const checkCommand = (args: readonly string[]): Promise<number> =>
  withUsage('check', usage, async () => {
    const { flags: given, positionals } = parseArguments(args, flags)
    if (given.has('--help')) {
      process.stdout.write(`usage: ${usage}\n\nFinds mistakes in configs.\n\nflags:\n${flagsHelp(flags)}\n`)
      return 0
    }
    const place = workplace()
    const readyFor14 = given.has('--ready-for')
    const found = findProblems(place, positionals.length ? positionals : ['.'], { readyFor14 })
    if (!found) return 1
    const format = given.get('--format') ?? 'text'
    if (format === 'json') process.stdout.write(`${JSON.stringify(found.problems, null, 2)}\n`)
    else if (format === 'sarif') process.stdout.write(sarifText(found.problems, place.cwd))
    else if (format === 'github') process.stdout.write(githubText(found.problems, place.cwd))
    else showText(place, found)
    return found.problems.some(problem => problem.severity === 'error') ? 1 : 0
  })

interface Found {
  readonly problems: readonly FoundProblem[]
  readonly files: number
}

/** Undefined, and told, when there is nothing to check. */
function findProblems(place: Workplace, paths: readonly string[], { readyFor14 }: { readonly readyFor14: boolean }): Found | undefined {
  const { platform, cwd } = place
  const wanted = paths.map(path => {
    const full = resolvePath(cwd, slashes(path))
    if (!existsSync(full)) throw new UsageError(`no such file or folder: ${path}`)
    return { full, isFile: statSync(full).isFile() }
  })
  const model = createWorkspaceModel(platform.configFiles, { env: platform.environment.env })
  // A file or a group's folder belongs to the conf root above it.
  model.configure({
    folders: [
      ...new Set([
        ...wanted.filter(path => !path.isFile).map(path => path.full),
        cwd,
        ...wanted.map(path => parentPath(parentPath(path.full))),
      ]),
    ],
  })
  const inside = (path: string) =>
    wanted.some(({ full, isFile }) => (isFile ? path === full : path === full || path.startsWith(full === '/' ? '/' : `${full}/`)))
  const filesOfRoots = () =>
    [...new Set(model.roots().flatMap(root => [...filesOf(model, root), ...schemaFilesOf(model, root)]))].filter(inside).sort()
  let files = filesOfRoots()
  if (files.length === 0) {
    // A folder that is named is a conf root, whatever it is called.
    model.configure({ folders: wanted.filter(path => !path.isFile).map(path => path.full), confRoots: ['.'] })
    files = filesOfRoots()
  }
  if (files.length === 0) {
    place.tell([
      {
        code: 'config/no-root',
        severity: 'error',
        message: `No conf root in ${paths.join(', ')}`,
        locations: [],
        hint: 'A conf root is a folder named conf (also cfg, config or configs) with YAML files. Is it called otherwise? Name it: fitwright check FOLDER',
      },
    ])
    return undefined
  }
  const lint = (path: string) => (readyFor14 ? readyForHydra14(model, path).map(diagnostic => foundProblem(path, diagnostic)) : [])
  return { problems: files.flatMap(path => [...problemsOf(model, path), ...lint(path)]), files: files.length }
}

const problemsOf = (model: WorkspaceModel, path: string): FoundProblem[] =>
  diagnose(model, path).map(diagnostic => foundProblem(path, diagnostic))

function foundProblem(path: string, { code, severity, message, range, related }: Diagnostic): FoundProblem {
  const at = (file: string, { start, end }: Diagnostic['range'], note?: string) => ({
    path: file,
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
    ...(note ? { note } : {}),
  })
  return { code, severity, message, locations: [at(path, range), ...related.map(place => at(place.path, place.range, place.message))] }
}

function showText({ terminal, cwd }: Workplace, found: Found): void {
  for (const problem of found.problems) terminal.out(problemText(problem, { cwd, paint: terminal.paint }))
  terminal.out(summaryText(found.problems, found.files))
}
