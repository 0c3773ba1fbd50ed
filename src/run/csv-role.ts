import type { ConfigNode } from '../config/node.ts'
import { ProblemError } from '../config/problems.ts'
import type { CsvOptions } from '../data/index.ts'
import { jobProblem, keyPlace } from './config-places.ts'
import { nearest } from './nearest.ts'
import { type TaskConfig, wrongType } from './task-config.ts'

/** How the data files are written: `task.csv`, under pandas' names. */
export interface CsvRole {
  readonly options: CsvOptions
  readonly node: ConfigNode
}

const texts = ['sep', 'decimal', 'thousands', 'quotechar', 'encoding'] as const
const names: readonly (keyof CsvOptions)[] = [...texts, 'na_values', 'keep_default_na']

/** @throws ProblemError for options of `read_csv` that are not built in, and values of a wrong type */
export function csvRole(config: TaskConfig): CsvRole | undefined {
  const found = config.find('task.csv')
  if (!found) return undefined
  const { value: node } = found
  if (node.kind !== 'map') throw new ProblemError(wrongType(found, `a mapping with some of ${names.join(', ')}`))
  const options: Record<string, unknown> = {}
  for (const [name, { node: value }] of node.entries) {
    if (!(names as readonly string[]).includes(name)) {
      const [close] = nearest(name, names)
      throw new ProblemError(
        jobProblem('task/wrong-type', `task.csv has no ${name}.`, keyPlace(value), {
          hint: `${close ? `Did you mean ${close}? ` : ''}It takes ${names.join(', ')}.`,
        }),
      )
    }
    const option = optionOf(name, value)
    if (option !== undefined) options[name] = option
  }
  return { options, node }
}

function optionOf(name: string, value: ConfigNode): unknown {
  const wrong = (expected: string) => new ProblemError(wrongType({ path: `task.csv.${name}`, value }, expected))
  if (name === 'na_values') {
    const items = value.kind === 'list' ? value.items : [value]
    return items.flatMap(item => {
      if (item.kind !== 'scalar' || item.type === 'null' || item.type === 'bytes') throw wrong('a text or a list of texts')
      // A bool is a number to pandas: True means 1 and True.
      if (item.type === 'bool') return item.value ? ['True', '1'] : ['False', '0']
      return [String(item.value)]
    })
  }
  if (value.kind !== 'scalar') throw wrong('a text')
  if (name === 'keep_default_na') {
    if (value.type !== 'bool') throw wrong('true or false')
    return value.value
  }
  if (value.type === 'null') return name === 'sep' ? null : undefined
  if (value.type !== 'str') throw wrong('a text')
  return value.value
}
