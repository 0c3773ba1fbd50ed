import type { ConfigFiles } from '../config-files.ts'
import { elementProblem, optionSpan } from '../defaults/default-problems.ts'
import type { ListRow } from '../defaults/defaults-list.ts'
import type { Problem } from '../problems.ts'
import type { ConfigRepository } from '../sources/repository.ts'

/**
 * Configs that are found only because the file system takes upper and lower case for the same (`db: MySQL` and `mysql.yaml`): Hydra
 * composes them there, and nowhere else.
 */
export function letterCaseProblems(files: ConfigFiles, rows: readonly ListRow[], repository: ConfigRepository): Problem[] {
  const read = rows.flatMap(listed => {
    const path = repository.load(listed.row.configPath)?.config.file.path
    return path?.startsWith('/') || /^[A-Za-z]:/.test(path ?? '') ? [{ listed, path: path! }] : []
  })
  if (read.length === 0 || !ignoresCase(files, read[0].path)) return []
  const problems: Problem[] = []
  for (const { listed, path } of read) {
    const written = listed.row.configPath
    const parts = `${written}.yaml`.split('/')
    if (!path.toLowerCase().endsWith(parts.join('/').toLowerCase())) continue
    let folder = path.slice(0, path.length - parts.join('/').length).replace(/\/$/, '')
    const real: string[] = []
    for (const part of parts) {
      const names = files.list(folder)?.map(({ name }) => name) ?? []
      real.push(names.includes(part) ? part : (names.find(name => name.toLowerCase() === part.toLowerCase()) ?? part))
      folder = `${folder}/${part}`
    }
    const name = real.join('/').replace(/\.yaml$/, '')
    if (name !== written) problems.push(letterCaseProblem(listed, name))
  }
  return problems
}

/** Whether another spelling of a file's name is the same file. */
function ignoresCase(files: ConfigFiles, path: string): boolean {
  const slash = path.lastIndexOf('/')
  const name = path.slice(slash + 1)
  const other = name === name.toUpperCase() ? name.toLowerCase() : name.toUpperCase()
  if (other === name || files.read(path.slice(0, slash + 1) + other) === undefined) return false
  return !files.list(path.slice(0, slash))?.some(entry => entry.name === other)
}

function letterCaseProblem({ row, element }: ListRow, name: string): Problem {
  const span = optionSpan(element)
  const option = name.slice(name.lastIndexOf('/') + 1)
  const fits = span && span.source.text.slice(span.start, span.end).toLowerCase() === option.toLowerCase()
  return {
    ...elementProblem('config/letter-case', `'${row.configPath}' is '${name}' on disk`, element, {
      hint: 'this file system takes upper and lower case for the same; elsewhere the config is not found',
      ...(fits ? { fixes: [{ title: `Change to ${option}`, edits: [{ span, newText: option }] }] } : {}),
    }),
    severity: 'warning',
  }
}
