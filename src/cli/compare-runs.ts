import { type MapNode, readYaml, toPlain } from '../config/index.ts'
import type { FileSystem } from '../platform/ports.ts'
import type { RunSummary } from '../run/events.ts'

/** One key on which runs differ; undefined where a run does not have it. */
export interface Difference {
  readonly key: string
  readonly values: readonly (string | undefined)[]
}

/** What differs between runs: their composed configs by dotted key, then their metrics. */
export function differences(files: FileSystem, runs: readonly RunSummary[]): readonly Difference[] {
  const columns = runs.map(run => new Map([...configOf(files, run.runDir), ...metricsOf(run)]))
  const keys = [...new Set(columns.flatMap(column => [...column.keys()]))]
  return keys
    .map(key => ({ key, values: columns.map(column => column.get(key)) }))
    .filter(({ values }) => values.some(value => value !== values[0]))
}

const metricsOf = ({ result }: RunSummary): [string, string][] => [
  ['status', result.status],
  ...Object.entries(result.metrics).map(([name, value]): [string, string] => [`metric ${name}`, String(value)]),
]

function configOf(files: FileSystem, runDir: string): [string, string][] {
  const path = `${runDir}/.hydra/config.yaml`
  if (!files.exists(path)) return []
  const { node } = readYaml({ path, text: files.readText(path) })
  return node?.kind === 'map' ? leaves(toPlain(node as MapNode), '') : []
}

function leaves(value: unknown, key: string): [string, string][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [[key, typeof value === 'string' ? value : JSON.stringify(value)]]
  return Object.entries(value).flatMap(([name, item]) => leaves(item, key ? `${key}.${name}` : name))
}
