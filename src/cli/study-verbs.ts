import { existsSync } from 'node:fs'
import { nodeFromPlain, readYaml, toPlain, toYaml } from '../config/index.ts'
import { slashes } from '../platform/node.ts'
import type { RunSummary } from '../run/events.ts'
import { resolvePath } from '../run/paths.ts'
import { runFiles } from '../run/run-folder.ts'
import { readStudy } from '../run/trials.ts'
import { convertStorage, createTrial, type FrozenTrial, JournalStorage, openStorage, type ParamChoice, StudyError } from '../study/index.ts'
import { floatText } from '../study/python-text.ts'
import { UsageError } from './arguments.ts'
import { keyOf, PythonFloat, trialRecords } from './optuna/records.ts'
import { csvLine, tableText } from './table-text.ts'
import { type TrialText, trialFormats } from './trial-formats.ts'
import type { Workplace } from './workplace.ts'

/** Asks the process that runs a study to stop; it ends in order, with whole files. */
export function stopStudy({ platform, terminal }: Workplace, { id, result }: RunSummary): number {
  const { pid, host } = result.process
  if (result.status !== 'running') throw new UsageError(`the study in ${id} is not running: ${result.status}`)
  if (host !== platform.environment.host) throw new UsageError(`the study in ${id} runs on ${host}: stop it there (process ${pid})`)
  process.kill(pid, 'SIGTERM')
  terminal.out(`asked process ${pid} to stop; fitwright run --resume goes on with the study`)
  return 0
}

/** Queues a trial with given parameters: a running study takes it next, another one when it is resumed. */
export function enqueueTrial({ platform, terminal }: Workplace, { id, runDir }: RunSummary, texts: readonly string[]): number {
  if (texts.length === 0) throw new UsageError('enqueue needs NAME=VALUE …')
  const stored = readStudy(platform.files, runDir)
  const known = new Map(stored?.trials.flatMap(trial => [...trial.distributions]) ?? [])
  const params = texts.map((text): [string, ParamChoice] => {
    const equals = text.indexOf('=')
    if (equals < 1) throw new UsageError(`enqueue takes NAME=VALUE, got ${text}`)
    const name = text.slice(0, equals)
    if (known.size > 0 && !known.has(name))
      throw new UsageError(`the study has no parameter ${name}; it has ${[...known.keys()].join(', ')}`)
    const { node } = readYaml({ path: 'value', text: text.slice(equals + 1) })
    const value = node ? toPlain(node) : ''
    if (typeof value === 'object' && value !== null) throw new UsageError(`a parameter is one value, got ${text}`)
    return [name, value as ParamChoice]
  })
  const file = platform.files.openJournal(`${runDir}/${runFiles.journal}`)
  try {
    const storage = new JournalStorage(file, { now: () => platform.clock.now() })
    const [study] = storage.studies()
    if (!study) throw new StudyError('study/not-found', 'KeyError', `There is no study in ${id} yet.`)
    const trialId = storage.createTrial(
      study.studyId,
      createTrial({ state: 'WAITING', systemAttrs: { fixed_params: Object.fromEntries(params) } }),
    )
    storage.flush()
    terminal.out(`queued as trial ${storage.trial(trialId).number}`)
    return 0
  } finally {
    file.close()
  }
}

/** All trials as `study.trials_dataframe()` has them. */
export function exportTrials(
  { platform, cwd, terminal, print }: Workplace,
  { runDir }: RunSummary,
  { format, output }: { readonly format: string; readonly output: string | undefined },
): number {
  const trials = readStudy(platform.files, runDir)?.trials ?? []
  const text = format === 'csv' ? dataFrameCsv(trials) : exported(trials, format)
  if (output === undefined) print(text)
  else {
    platform.files.writeWhole(resolvePath(cwd, slashes(output)), text)
    terminal.out(`${trials.length} trials in ${output}`)
  }
  return 0
}

/** As pandas writes the data frame: times to the microsecond, durations as it prints them, nothing where there is none. */
export function dataFrameCsv(trials: readonly FrozenTrial[]): string {
  const objectives = Math.max(1, ...trials.map(trial => trial.values?.length ?? 1))
  const { columns, rows } = trialRecords(trials, objectives)
  const head = columns.map(([column, part]) => (part === '' ? column : `${column}_${part}`))
  const cells = rows.map((row, i) =>
    columns.map(([column, part]) => {
      const { datetimeStart: begun, datetimeComplete: ended } = trials[i]
      if (column === 'datetime_start') return pandasTime(begun)
      if (column === 'datetime_complete') return pandasTime(ended)
      if (column === 'duration') return begun && ended ? pandasDuration(ended.getTime() - begun.getTime()) : ''
      const cell = row.get(keyOf(column, part))
      if (cell === null || cell === undefined) return ''
      if (cell instanceof PythonFloat) return floatText(cell.value)
      return typeof cell === 'boolean' ? (cell ? 'True' : 'False') : String(cell)
    }),
  )
  return `${[head, ...cells].map(csvLine).join('\n')}\n`
}

const two = (value: number) => String(value).padStart(2, '0')
const pandasTime = (date: Date | null) =>
  date === null
    ? ''
    : `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`

function pandasDuration(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000)
  const rest = seconds % 86400
  return `${Math.floor(seconds / 86400)} days ${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}.${String(milliseconds % 1000).padStart(3, '0')}000`
}

function exported(trials: readonly FrozenTrial[], format: string): string {
  const rows = trials.map(trial => ({
    number: trial.number,
    state: trial.state,
    values: trial.values,
    params: Object.fromEntries(trial.params),
    distributions: Object.fromEntries(trial.distributions),
    datetime_start: trial.datetimeStart?.toISOString() ?? null,
    datetime_complete: trial.datetimeComplete?.toISOString() ?? null,
    user_attrs: Object.fromEntries(trial.userAttrs),
    system_attrs: Object.fromEntries(trial.systemAttrs),
    intermediate_values: Object.fromEntries(trial.intermediateValues),
  }))
  return format === 'yaml' ? toYaml(nodeFromPlain(rows)) : trialFormats.json(rows)
}

/** Copies all studies of a run folder or a storage into a new storage of another kind. */
export function convertStudies({ platform, cwd, terminal }: Workplace, from: string | undefined, [to, ...rest]: readonly string[]): number {
  if (from === undefined || to === undefined || rest.length)
    throw new UsageError('convert takes FROM TO: run folders, journal files or sqlite:///FILE')
  const source = storageText(cwd, from)
  const now = () => platform.clock.now()
  const reading = openStorage(source, platform.files, { now })
  try {
    if (reading.studies().length === 0) throw new StudyError('study/not-found', 'KeyError', `There is no study in ${from}.`)
    const writing = openStorage(storageText(cwd, to), platform.files, { now, fresh: true })
    try {
      for (const { name, trials } of convertStorage(reading, writing)) terminal.out(`${name}: ${trials} trials`)
      writing.flush()
    } finally {
      writing.close()
    }
  } finally {
    reading.close()
  }
  return 0
}

/** A run folder stands for its journal; paths are relative to the working folder. */
function storageText(cwd: string, text: string): string {
  const url = /^([a-z]+):\/\/\/?(.*)$/.exec(text)
  if (url) return `${url[1]}:///${resolvePath(cwd, url[2])}`
  const full = resolvePath(cwd, slashes(text))
  return existsSync(`${full}/${runFiles.journal}`) ? `${full}/${runFiles.journal}` : full
}

/** Removes a study's run folder. */
export function deleteStudy({ platform, terminal }: Workplace, { id, runDir, result }: RunSummary, force: boolean): number {
  if (result.status === 'running') throw new UsageError(`the study in ${id} is running; fitwright study stop ${id} stops it`)
  if (!force) throw new UsageError(`delete removes ${id} with all of its trials; add --force to do so`)
  platform.files.remove(runDir)
  terminal.out(`removed ${id}`)
  return 0
}

/** How much each parameter matters to the objective. */
export async function showImportances(
  { platform, terminal, print }: Workplace,
  { runDir }: RunSummary,
  format: TrialText,
): Promise<number> {
  const { importancesOf } = await import('../run/importances.ts')
  const importances = importancesOf(platform.files, runDir)
  if (format === 'table')
    terminal.out(
      tableText(
        ['parameter', 'importance'],
        importances.map(([name, value]) => [name, String(Number(value.toPrecision(6)))]),
      ),
    )
  else if (format === 'csv') print(`${[['parameter', 'importance'], ...importances].map(csvLine).join('\n')}\n`)
  else print(trialFormats[format](Object.fromEntries(importances)))
  return 0
}
