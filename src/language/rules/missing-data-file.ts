import { nearest } from '../../config/nearest.ts'
import type { Fix, Problem } from '../../config/problems.ts'
import type { Span } from '../../config/source-text.ts'
import { baseName, joinPath, parentFolder, relativeTo } from '../paths.ts'
import { dataOf, roleValue } from '../task-data.ts'
import type { Rule, RuleSite } from './rule.ts'

/** A role's CSV file that is not there. */
export const missingDataFile: Rule = {
  name: 'missing data file',
  judge(site) {
    const values = (['train', 'test'] as const).map(role => roleValue(site.config, role)).filter(value => value !== undefined)
    if (values.length === 0) return undefined
    return values.flatMap(value => {
      const { path, source } = dataOf(site.model, site.context.root, value)
      if (source || !value.span) return []
      return [problem(site, path, value.text, value.span)]
    })
  },
}

function problem({ model, context }: RuleSite, path: string, text: string, span: Span): Problem {
  const { project } = context.root
  const folder = parentFolder(path)
  const files = (model.files.list(folder) ?? [])
    .filter(({ name, kind }) => kind === 'file' && name.endsWith('.csv'))
    .map(({ name }) => name)
  const near = nearest(baseName(path), files).map(name => relativeTo(project, joinPath(folder, name)))
  const hint = near.length
    ? `Did you mean ${near.join(' or ')}?`
    : files.length
      ? `In that folder: ${files.join(', ')}`
      : `Paths are relative to the project ${project}.`
  return {
    code: 'data/file-missing',
    severity: 'error',
    message: `[Errno 2] No such file or directory: '${text}'`,
    locations: [{ span }],
    hint,
    fixes: near.map((name): Fix => ({ title: `Change to ${name}`, edits: [{ span, newText: name }] })),
  }
}
