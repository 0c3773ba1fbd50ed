import type { RunSummary } from '../run/events.ts'
import { problemOf } from '../run/failure.ts'
import { listRuns } from '../run/runs-index.ts'
import { type FrozenTrial, StudyError } from '../study/contract.ts'
import { type Flag, parseArguments, UsageError } from './arguments.ts'
import { flagsHelp } from './flags-help.ts'
import { isStorage, type NamedStudy, namedStudy, studiesOfStorage } from './named-study.ts'
import { isOptunaVerb, type OptunaVerb } from './optuna/verb-names.ts'
import { listStudies, showStudy } from './study-facts.ts'
import { csvLine, tableText } from './table-text.ts'
import { type TrialText, trialFormats } from './trial-formats.ts'
import { composeRequest, type Workplace, withUsage, workplace } from './workplace.ts'

const flags: readonly Flag[] = [
  { names: ['--format', '-f'], value: 'one', choices: ['table', 'json', 'csv', 'yaml'], help: 'How it is printed; default table' },
  {
    names: ['--write', '-w'],
    value: 'one',
    metavar: 'FILE',
    help: 'best: write its parameters as a config, such as conf/models/best.yaml',
  },
  { names: ['--overrides'], value: 'none', help: 'best: print, one a line, the overrides that train it without a study' },
  { names: ['--trial'], value: 'one', metavar: 'NUMBER', help: 'best: take this trial instead' },
  { names: ['--study-name'], value: 'one', metavar: 'NAME', help: 'Which study of a storage that holds several' },
  { names: ['--force'], value: 'none', help: 'best: write over a file that exists; delete: really delete' },
  { names: ['--output', '-o'], value: 'one', metavar: 'FILE', help: 'export: write to a file instead of the terminal' },
  { names: ['--json'], value: 'none', help: 'resume: the last line of stdout is the result as JSON' },
  { names: ['--help', '-h'], value: 'none', help: 'This help' },
]
const actions = ['list', 'show', 'best', 'trials', 'resume', 'importances', 'stop', 'enqueue', 'export', 'convert', 'delete'] as const
const usage = `fitwright study [${actions.join(' | ')}] [RUN_DIR | FILE.db | FILE.log] [--study-name NAME] [--format table|json|csv|yaml] [--write FILE]`
const whatTheyDo = `  list         the studies of this project, or of a storage
  show         one study: its run, status, counts and best trial
  best         its best trial, or the Pareto front
  trials       all of its trials
  importances  how much each parameter matters (PED-ANOVA)
  resume       go on with a study or sweep that was interrupted; overrides may follow (n_trials=200)
  enqueue      queue a trial: NAME=VALUE …
  stop         ask the process that runs it to stop
  export       the table of study.trials_dataframe()
  convert      copy all studies FROM TO: a run folder, a journal, sqlite:///FILE
  delete       remove it, with --force`
const optunaUsage =
  "Optuna's own verbs, with --storage URL and --study-name: create-study, delete-study, set-user-attr, study-names, studies, trials, best-trial, best-trials, ask, tell (each with --help)."

/** `fitwright study`: studies of this project, their trials and the best of them. */
export async function studyCommand(args: readonly string[]): Promise<number> {
  const at = args.findIndex(arg => !arg.startsWith('-'))
  const verb = args[at]
  const isOptunas = verb !== undefined && (isOptunaVerb(verb) || (verb === 'trials' && args.some(arg => arg.startsWith('--storage'))))
  if (!isOptunas) return ownVerb(args)
  const { optunaUsage: usageOf, optunaVerb } = await import('./optuna/verbs.ts')
  const place = workplace()
  const rest = args.filter((_, i) => i !== at)
  return withUsage(
    `study ${verb}`,
    () => usageOf(verb as OptunaVerb),
    () => telling(place, () => optunaVerb(place, verb as OptunaVerb, rest)),
  )
}

const ownVerb = (args: readonly string[]): Promise<number> =>
  withUsage('study', usage, async () => {
    const { flags: given, positionals } = parseArguments(args, flags)
    if (given.has('--help')) {
      process.stdout.write(
        `usage: ${usage}\n\n${whatTheyDo}\n\n${optunaUsage}\n\nA study is that of a run, or one in a storage: a SQLite database or a journal, whoever wrote it (a file, or sqlite:///FILE). Without either: the latest run's.\n\nflags:\n${flagsHelp(flags)}\n`,
      )
      return 0
    }
    const [action = 'list', ...words] = positionals
    // `study enqueue x=1`, `study resume n_trials=20`: of the latest study.
    const isLatest = ['enqueue', 'resume'].includes(action) && words[0]?.includes('=') && !words[0].includes('://')
    const [name, rest] = isLatest ? [undefined, words] : [words[0], words.slice(1)]
    if (action === 'resume') return resume(name, rest, given.has('--json'))
    if (!(actions as readonly string[]).includes(action) || (rest.length > 0 && !['enqueue', 'convert'].includes(action)))
      throw new UsageError(`unknown action: ${positionals.join(' ')}`)
    const place = workplace()
    const format = (given.get('--format') ?? 'table') as 'table' | 'json' | 'csv' | 'yaml'
    const studies = listRuns(place.platform, place.cwd)
      .flatMap(run => [run, ...run.children])
      .filter(run => run.result.kind === 'study' || run.result.study !== undefined)
    return telling(place, async () => {
      if (action === 'list') return list(place, studies, name, format)
      if (action === 'convert') return (await import('./study-verbs.ts')).convertStudies(place, name, rest)
      const study = namedStudy(place, studies, name, given.get('--study-name'))
      if (action === 'trials') return listTrials(place, study, format)
      if (action === 'best' || action === 'show') return bestOrShow(place, study, given, { format, whole: action === 'show' })
      const verbs = await import('./study-verbs.ts')
      switch (action) {
        case 'importances':
          return verbs.showImportances(place, study, format)
        case 'stop':
          return verbs.stopStudy(place, study)
        case 'enqueue':
          return verbs.enqueueTrial(place, study, rest)
        case 'export':
          return verbs.exportTrials(place, study, { format: given.get('--format') ?? 'csv', output: given.get('--output') })
        default:
          return verbs.deleteStudy(place, study, given.has('--force'))
      }
    })
  })

/** The studies of the project's runs, of one run, or of a storage. */
function list(place: Workplace, runs: readonly RunSummary[], name: string | undefined, format: TrialText): number {
  if (isStorage(place, name)) return listStudies(place, studiesOfStorage(place, name), format)
  if (name !== undefined) return listStudies(place, [namedStudy(place, runs, name)], format)
  // One study that cannot be read keeps none of the others from being shown.
  const named = runs.map((run): NamedStudy => {
    try {
      return namedStudy(place, [run])
    } catch (error) {
      if (!(error instanceof StudyError)) throw error
      const { message } = problemOf(error)
      place.terminal.err(`${place.terminal.paintErr.yellow('warning:')} ${run.id}: ${message.split('\n')[0]}\n`)
      return { id: run.id, run }
    }
  })
  return listStudies(place, named, format)
}

async function bestOrShow(
  place: Workplace,
  study: NamedStudy,
  given: ReadonlyMap<string, string>,
  { format, whole }: { readonly format: TrialText; readonly whole: boolean },
): Promise<number> {
  const number = given.get('--trial')
  if (number !== undefined && !/^\d+$/.test(number)) throw new UsageError(`argument --trial: invalid trial number: '${number}'`)
  const chosen = number === undefined ? {} : { number: Number(number) }
  if (!whole && given.has('--write')) {
    const { writeBest } = await import('./write-best.ts')
    return writeBest(place, study, { path: given.get('--write')!, force: given.has('--force'), ...chosen })
  }
  if (!whole && given.has('--overrides')) {
    const { bestOverrides } = await import('./best-overrides.ts')
    place.print(`${bestOverrides(place, study, chosen).join('\n')}\n`)
    return 0
  }
  return showStudy(place, study, { format, whole, ...chosen })
}

/** What the study says is wrong is told in one line. */
async function telling(place: Workplace, work: () => number | Promise<number>): Promise<number> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof UsageError) throw error
    place.tell([problemOf(error)])
    return 1
  }
}

async function resume(runDir = '', overrides: readonly string[], json: boolean): Promise<number> {
  const place = workplace({ json })
  if (isStorage(place, runDir || undefined))
    throw new UsageError(`resume takes a run; a run with study.storage=${runDir} goes on with the study that study.name says`)
  const { executeRun } = await import('./execute-run.ts')
  const compose = composeRequest({ overrides, multirun: false, resolve: false, has: () => false }, place)
  return executeRun(
    place,
    { compose, trusted: true, fullErrors: Boolean(process.env.HYDRA_FULL_ERROR) },
    { multirun: false, json, resume: runDir },
  )
}

function listTrials({ print, terminal }: Workplace, { stored }: NamedStudy, format: TrialText): number {
  const { trials = [], directions = ['minimize'], metricNames } = stored ?? {}
  if (format === 'json' || format === 'yaml') {
    const rows = trials.map(trial => ({
      number: trial.number,
      state: trial.state,
      values: trial.values,
      params: Object.fromEntries(trial.params),
      datetime_start: trial.datetimeStart?.toISOString() ?? null,
      datetime_complete: trial.datetimeComplete?.toISOString() ?? null,
      user_attrs: Object.fromEntries(trial.userAttrs),
      intermediate_values: Object.fromEntries(trial.intermediateValues),
    }))
    print(trialFormats[format](rows))
    return 0
  }
  const names = [...new Set(trials.flatMap(({ params }) => [...params.keys()]))]
  const cells = trials.map(({ number, state, values, params }) => [
    String(number),
    state,
    ...directions.map((_, i) => String(values?.[i] ?? '')),
    ...names.map(name => shownValue(params, name, format)),
  ])
  const objectives =
    directions.length === 1 ? ['value'] : directions.map((_, i) => (format === 'csv' ? `values_${i}` : (metricNames?.[i] ?? `value ${i}`)))
  const head = ['number', 'state', ...objectives, ...names.map(name => (format === 'csv' ? `params_${name}` : name))]
  if (format === 'csv') print(`${[head, ...cells].map(csvLine).join('\n')}\n`)
  else terminal.out(tableText(head, cells))
  return 0
}

/** What was not suggested is empty; None is too in pandas' files. */
const shownValue = (params: FrozenTrial['params'], name: string, format: TrialText): string =>
  String(format === 'table' && params.has(name) ? params.get(name) : (params.get(name) ?? ''))
