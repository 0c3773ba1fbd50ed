import { nearest } from '../../config/nearest.ts'
import type { Problem } from '../../config/problems.ts'
import type { Span } from '../../config/source-text.ts'
import { fileOf } from '../conf-tree.ts'
import { contextsOf } from '../contexts.ts'
import { csvHeader } from '../csv-header.ts'
import { dataOf, roleValue } from '../task-data.ts'
import type { Rule, RuleSite } from './rule.ts'

/**
 * A target that is no column of the data. Where other options of the primary config have the column, the data is to blame and the
 * problem stands at its path; where none has, it stands at the target.
 */
export const missingTargetColumn: Rule = {
  name: 'missing target column',
  judge(site) {
    const found = columns(site)
    if (!found) return undefined
    const { target, data } = found
    return data.flatMap(({ span, header, label }) => {
      if (header.includes(target.text)) return []
      const blamed =
        target.span?.source.path === site.path ? target.span : span?.source.path === site.path && dataIsToBlame(site) ? span : undefined
      return blamed ? [problem(target, label, header, blamed, blamed === span ? target.span : span)] : []
    })
  },
}

/** The target and the headers of the data, when both are known. */
function columns({ model, context, config }: Pick<RuleSite, 'model' | 'context' | 'config'>) {
  const target = roleValue(config, 'target')
  if (!target) return undefined
  const data = (['train', 'test'] as const).flatMap(role => {
    const value = roleValue(config, role)
    const source = value && dataOf(model, context.root, value).source
    const header = source ? csvHeader(source) : []
    return value && header.length ? [{ span: value.span, header, label: value.text }] : []
  })
  return data.length ? { target, data } : undefined
}

/** Whether some other composition of the same primary config has data with its target. */
function dataIsToBlame({ model, context }: RuleSite): boolean {
  const { root, configName } = context
  return contextsOf(model, fileOf(root, configName)).some(other => {
    const { config } = model.compose(root, other)
    const found = config && columns({ model, context: other, config })
    return found?.data.some(({ header }) => header.includes(found.target.text)) ?? false
  })
}

function problem(
  target: { readonly text: string },
  file: string,
  header: readonly string[],
  span: Span,
  related: Span | undefined,
): Problem {
  const near = nearest(target.text, header)
  const isTarget = span.source.text.slice(span.start, span.end).includes(target.text)
  return {
    code: 'data/no-column',
    severity: 'error',
    message: `target column "${target.text}" not in the data`,
    locations: [{ span }, ...(related ? [{ span: related, note: isTarget ? `the data: ${file}` : 'the target' }] : [])],
    hint: `${near.length ? `Did you mean ${near[0]}? ` : ''}Columns: ${header.join(', ')}`,
    ...(isTarget ? { fixes: near.map(name => ({ title: `Change to ${name}`, edits: [{ span, newText: name }] })) } : {}),
  }
}
