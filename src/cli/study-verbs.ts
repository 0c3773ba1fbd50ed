import { existsSync } from 'node:fs'
import { child, nodeFromPlain, readYaml, toPlain, toYaml } from '../config/index.ts'
import { parentPath } from '../run/paths.ts'
import { runFiles } from '../run/run-folder.ts'
import type { StoredStudy } from '../run/trials.ts'
import type { Distribution } from '../study/contract.ts'
import { contains, distributionText } from '../study/distributions.ts'
import { convertStorage, createTrial, type FrozenTrial, openStorage, type ParamChoice, StudyError } from '../study/index.ts'
import { floatText } from '../study/python-text.ts'
import { UsageError } from './arguments.ts'
import { absoluteStorage, type NamedStudy } from './named-study.ts'
import { keyOf, PythonFloat, trialRecords } from './optuna/records.ts'
import { csvLine, tableText } from './table-text.ts'
import { type TrialText, trialFormats } from './trial-formats.ts'
import type { Workplace } from './workplace.ts'
import { writeOutput } from './write-output.ts'

/** Asks the process that runs a study to stop; it ends in order, with whole files. */
export function stopStudy({ platform, terminal }: Workplace, { id, run }: NamedStudy): number {
  if (!run) throw new UsageError('stop takes a run: a storage does not know which processes work on it')
  const { result } = run
  const { pid, host } = result.process
  if (result.status !== 'running') throw new UsageError(`the study in ${id} is not running: ${result.status}`)
  if (host !== platform.environment.host) throw new UsageError(`the study in ${id} runs on ${host}: stop it there (process ${pid})`)
  process.kill(pid, 'SIGTERM')
  terminal.out(`asked process ${pid} to stop; fitwright run --resume goes on with the study`)
  return 0
}

/** Queues a trial with given parameters: a running study takes it next, another one when it is resumed. */
export function enqueueTrial(
  { platform, terminal }: Workplace,
  { id, storage: text, stored }: NamedStudy,
  texts: readonly string[],
): number {
  if (texts.length === 0) throw new UsageError('enqueue needs NAME=VALUE …')
  if (text === undefined || !stored) throw new StudyError('study/not-found', 'KeyError', `There is no study in ${id} yet.`)
  const known = new Map(stored?.trials.flatMap(trial => [...trial.distributions]) ?? [])
  const params = texts.map(one => {
    const equals = one.indexOf('=')
    if (equals < 1) throw new UsageError(`enqueue takes NAME=VALUE, got ${one}`)
    const name = one.slice(0, equals)
    if (known.size > 0 && !known.has(name))
      throw new UsageError(`the study has no parameter ${name}; it has ${[...known.keys()].join(', ')}`)
    return [name, queuedValue(one.slice(equals + 1), known.get(name), one)] as const
  })
  const storage = openStorage(text, platform.files, { now: () => platform.clock.now() })
  try {
    const trialId = storage.createTrial(
      storage.studyIdOf(stored.name)!,
      createTrial({ state: 'WAITING', systemAttrs: { fixed_params: Object.fromEntries(params) } }),
    )
    storage.flush()
    terminal.out(`queued as trial ${storage.trial(trialId).number}`)
    return 0
  } finally {
    storage.close()
  }
}

/**
 * A value as YAML reads it; a choice also by its text.
 *
 * @throws UsageError for what the parameter cannot be: the trial would end the study
 */
function queuedValue(text: string, distribution: Distribution | undefined, given: string): ParamChoice {
  const { node } = readYaml({ path: 'value', text: `value: ${text}` })
  const value: unknown = node?.kind === 'map' ? toPlain(child(node, 'value') ?? node) : text
  if (distribution?.name === 'CategoricalDistribution') {
    const { choices } = distribution
    const choice = choices.find(one => Object.is(one, value)) ?? choices.find(one => String(one) === text)
    if (choice !== undefined) return choice
    throw new UsageError(`${given} is none of the choices ${choices.map(String).join(', ')}`)
  }
  if (distribution && typeof value !== 'number') throw new UsageError(`a number is needed, got ${given}`)
  if (typeof value === 'object' && value !== null) throw new UsageError(`a parameter is one value, got ${given}`)
  if (distribution && !contains(distribution, value as number))
    throw new UsageError(`${given} is out of range: ${distributionText(distribution)}`)
  return value as ParamChoice
}

/** All trials as `study.trials_dataframe()` has them. */
export function exportTrials(
  place: Workplace,
  { stored }: NamedStudy,
  { format, output }: { readonly format: string; readonly output: string | undefined },
): number {
  const { terminal, print } = place
  const trials = stored?.trials ?? []
  const text =
    format === 'csv' ? dataFrameCsv(trials, stored) : format === 'table' ? dataFrameTable(trials, stored) : exported(trials, format)
  if (output === undefined) print(text)
  else {
    writeOutput(place, output, text)
    terminal.out(`${trials.length} trials in ${output}`)
  }
  return 0
}

/** As pandas writes the data frame: times to the microsecond, durations as it prints them, nothing where there is none. */
export function dataFrameCsv(trials: readonly FrozenTrial[], study?: StoredStudy): string {
  const { head, cells } = dataFrame(trials, study)
  return `${[head, ...cells].map(csvLine).join('\n')}\n`
}

function dataFrameTable(trials: readonly FrozenTrial[], study?: StoredStudy): string {
  const { head, cells } = dataFrame(trials, study)
  return `${tableText(head, cells)}\n`
}

function dataFrame(trials: readonly FrozenTrial[], study?: StoredStudy): { readonly head: string[]; readonly cells: string[][] } {
  const objectives = study?.directions.length ?? trials.reduce((most, { values }) => Math.max(most, values?.length ?? 1), 1)
  const { columns, rows } = trialRecords(trials, objectives)
  const metrics = study?.metricNames
  const nameOf = (column: string, part: string | number) => {
    if (column === 'value' && metrics) return `value_${metrics[0]}`
    return part === '' ? column : `${column}_${column === 'values' ? (metrics?.[Number(part)] ?? part) : part}`
  }
  const head = columns.map(([column, part]) => nameOf(column, part))
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
  return { head, cells }
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
  const target = storageText(cwd, to)
  const file = target.replace(/^sqlite:\/\/\//, '')
  if (platform.files.exists(file)) throw new UsageError(`${to} exists already; convert makes a new storage`)
  if (!platform.files.exists(parentPath(file))) throw new UsageError(`the folder of ${to} is not there`)
  const now = () => platform.clock.now()
  const reading = openStorage(source, platform.files, { now, readOnly: true })
  try {
    if (reading.studies().length === 0) throw new StudyError('study/not-found', 'KeyError', `There is no study in ${from}.`)
    const writing = openStorage(target, platform.files, { now, fresh: true })
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
  const full = absoluteStorage(cwd, text)
  if (full.includes('://')) return full
  return existsSync(`${full}/${runFiles.journal}`) ? `${full}/${runFiles.journal}` : full
}

/** Removes a study's run folder, or a study from its storage. */
export function deleteStudy({ platform, terminal }: Workplace, { id, run, storage: text, stored }: NamedStudy, force: boolean): number {
  if (run?.result.status === 'running') throw new UsageError(`the study in ${id} is running; fitwright study stop ${id} stops it`)
  const what = run ? id : `study '${stored!.name}' from ${id}`
  if (!force) throw new UsageError(`delete removes ${what} with all of its trials; add --force to do so`)
  if (run) platform.files.remove(run.runDir)
  else {
    const storage = openStorage(text!, platform.files, { now: () => platform.clock.now() })
    try {
      storage.deleteStudy(storage.studyIdOf(stored!.name)!)
      storage.flush()
    } finally {
      storage.close()
    }
  }
  terminal.out(`removed ${what}`)
  return 0
}

/** How much each parameter matters to the objective. */
export async function showImportances({ terminal, print }: Workplace, { id, stored }: NamedStudy, format: TrialText): Promise<number> {
  if (!stored) throw new StudyError('study/not-found', 'KeyError', `There is no study in ${id} yet.`)
  const { importancesOf } = await import('../run/importances.ts')
  const importances = importancesOf(stored)
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
