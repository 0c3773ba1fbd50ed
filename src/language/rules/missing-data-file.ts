import { nearest } from '../../config/nearest.ts'
import { stringOf } from '../../config/node.ts'
import type { Fix, Problem } from '../../config/problems.ts'
import type { Span } from '../../config/source-text.ts'
import { nodeAt } from '../origin-index.ts'
import { baseName, joinPath, parentFolder, relativeTo } from '../paths.ts'
import { specOf } from '../target-at.ts'
import { dataOf, roleValue } from '../task-data.ts'
import { roleKeys } from '../task-roles.ts'
import type { Rule, RuleSite } from './rule.ts'

/** A role's CSV file that is not there. */
export const missingDataFile: Rule = {
  name: 'missing data file',
  judge(site) {
    const values = (['train', 'test'] as const).map(role => roleValue(site.config, role)).filter(value => value !== undefined)
    if (values.length === 0 || !isTask(site)) return undefined
    return values.flatMap(value => {
      const { path, source } = dataOf(site.model, site.context.root, value)
      if (source || !value.span) return []
      return [problem(site, path, value.text, value.span)]
    })
  },
}

/** Whether the config is one that is trained here: a model that the registry knows, or data in CSV files. Others mean something else by `data.train`. */
function isTask({ config, model, context }: RuleSite): boolean {
  const modules = model.modules(context.root)
  for (const key of roleKeys.model) {
    const target = stringOf(nodeAt(config.task, [...key.split('.'), '_target_']))
    if (target !== undefined && specOf(target, modules)) return true
  }
  return (
    !model.app(context.root).usesHydra || (['train', 'test'] as const).some(role => /\.csv$/i.test(roleValue(config, role)?.text ?? ''))
  )
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
