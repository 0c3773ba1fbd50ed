import type { RunSummary } from '../run/events.ts'
import { problemOf } from '../run/failure.ts'
import { listRuns } from '../run/runs-index.ts'
import { bestOf, countStates, readStudy, readTrials } from '../run/trials.ts'
import { type Flag, parseArguments, UsageError } from './arguments.ts'
import { findRun } from './find-run.ts'
import { flagsHelp } from './flags-help.ts'
import type { OptunaVerb } from './optuna/verbs.ts'
import { csvLine, shortNumber, tableText } from './table-text.ts'
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
  { names: ['--force'], value: 'none', help: 'best: write over a file that exists; delete: really delete' },
  { names: ['--output', '-o'], value: 'one', metavar: 'FILE', help: 'export: write to a file instead of the terminal' },
  { names: ['--json'], value: 'none', help: 'resume: the last line of stdout is the result as JSON' },
  { names: ['--help', '-h'], value: 'none', help: 'This help' },
]
const actions = ['list', 'show', 'best', 'trials', 'resume', 'importances', 'stop', 'enqueue', 'export', 'convert', 'delete'] as const
const usage = `fitwright study [${actions.join(' | ')}] [RUN_DIR] [--format table|json|csv|yaml] [--write FILE]`
const optunaUsage =
  "Optuna's own verbs, with --storage URL and --study-name: create-study, delete-study, study-names, studies, trials, best-trial, best-trials, ask, tell."

/** `fitwright study`: studies of this project, their trials and the best of them. */
export const studyCommand = (args: readonly string[]): Promise<number> =>
  withUsage('study', usage, async () => {
    const verb = args.find(arg => !arg.startsWith('-'))
    if (verb !== undefined && (isOptunaVerb(verb) || (verb === 'trials' && args.some(arg => arg.startsWith('--storage'))))) {
      const { optunaVerb } = await import('./optuna/verbs.ts')
      const place = workplace()
      return telling(place, () =>
        optunaVerb(
          place,
          verb as OptunaVerb,
          args.filter(arg => arg !== verb),
        ),
      )
    }
    const { flags: given, positionals } = parseArguments(args, flags)
    if (given.has('--help')) {
      process.stdout.write(`usage: ${usage}\n\n${optunaUsage}\n\nWithout RUN_DIR: the latest study.\n\nflags:\n${flagsHelp(flags)}\n`)
      return 0
    }
    const [action = 'list', name, ...rest] = positionals
    if (action === 'resume') return resume(name, rest, given.has('--json'))
    if (!(actions as readonly string[]).includes(action) || (rest.length > 0 && !['enqueue', 'convert'].includes(action)))
      throw new UsageError(`unknown action: ${positionals.join(' ')}`)
    const place = workplace()
    const format = (given.get('--format') ?? 'table') as 'table' | 'json' | 'csv' | 'yaml'
    const studies = listRuns(place.platform, place.cwd)
      .flatMap(run => [run, ...run.children])
      .filter(run => run.result.kind === 'study' || run.result.study !== undefined)
    return telling(place, async () => {
      if (action === 'list') return list(place, studies, format)
      if (action === 'convert') return (await import('./study-verbs.ts')).convertStudies(place, name, rest)
      const run = findRun(place, studies, name)
      if (action === 'trials') return trials(place, run, format)
      if (action === 'best' || action === 'show') return bestOrShow(place, run, given, { format, whole: action === 'show' })
      const verbs = await import('./study-verbs.ts')
      switch (action) {
        case 'importances':
          return verbs.showImportances(place, run, format)
        case 'stop':
          return verbs.stopStudy(place, run)
        case 'enqueue':
          return verbs.enqueueTrial(place, run, rest)
        case 'export':
          return verbs.exportTrials(place, run, { format: given.get('--format') ?? 'csv', output: given.get('--output') })
        default:
          return verbs.deleteStudy(place, run, given.has('--force'))
      }
    })
  })

async function bestOrShow(
  place: Workplace,
  run: RunSummary,
  given: ReadonlyMap<string, string>,
  { format, whole }: { readonly format: TrialText; readonly whole: boolean },
): Promise<number> {
  const number = given.get('--trial')
  if (!whole && given.has('--write')) {
    const { writeBest } = await import('./write-best.ts')
    return writeBest(place, run, {
      path: given.get('--write')!,
      force: given.has('--force'),
      ...(number === undefined ? {} : { number: Number(number) }),
    })
  }
  if (!whole && given.has('--overrides')) {
    const { bestOverrides } = await import('./best-overrides.ts')
    process.stdout.write(`${bestOverrides(place, run, number === undefined ? undefined : Number(number)).join('\n')}\n`)
    return 0
  }
  return best(place, run, { format, whole })
}

const optunaVerbNames: readonly string[] = [
  'create-study',
  'delete-study',
  'study-names',
  'studies',
  'best-trial',
  'best-trials',
  'ask',
  'tell',
] satisfies OptunaVerb[]
const isOptunaVerb = (name: string) => optunaVerbNames.includes(name)

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
  const { executeRun } = await import('./execute-run.ts')
  const compose = composeRequest({ overrides, multirun: false, resolve: false, has: () => false }, place)
  return executeRun(
    place,
    { compose, trusted: true, fullErrors: Boolean(process.env.HYDRA_FULL_ERROR) },
    { multirun: false, json, resume: runDir },
  )
}

/** A study that is still open has more in its journal than in its result. */
function facts({ platform }: Workplace, { id, runDir, result }: RunSummary) {
  const stored = readStudy(platform.files, runDir)
  const known = stored?.trials ?? []
  const direction = result.study?.direction ?? 'maximize'
  const top = bestOf(known, direction)
  return {
    run_dir: runDir,
    id,
    name: stored?.name ?? result.study?.name ?? result.title,
    status: result.status,
    direction,
    metric: result.study?.metric ?? 'value',
    n_trials: result.study?.nTrials ?? known.length,
    states: countStates(known),
    best: top ? { number: top.number, value: top.values![0], params: Object.fromEntries(top.params) } : null,
  }
}

function list(place: Workplace, studies: readonly RunSummary[], format: TrialText): number {
  const rows = studies.map(run => facts(place, run))
  if (format === 'table') {
    if (rows.length === 0) place.terminal.out('No studies yet.')
    else place.terminal.out(tableText(['run', 'study', 'status', 'trials', 'best'], rows.map(shown)))
    return 0
  }
  if (format === 'csv') {
    process.stdout.write([csvLine(['run', 'study', 'status', 'trials', 'best']), ...rows.map(row => csvLine(shown(row))), ''].join('\n'))
    return 0
  }
  process.stdout.write(trialFormats[format](rows))
  return 0
}

const shown = ({ id, name, status, states, n_trials, best: top }: ReturnType<typeof facts>) => [
  id,
  name,
  status,
  `${states.COMPLETE ?? 0}/${n_trials}`,
  top ? shortNumber(top.value) : '',
]

function best(place: Workplace, run: RunSummary, { format, whole }: { readonly format: TrialText; readonly whole: boolean }): number {
  const study = facts(place, run)
  if (!study.best && !whole) {
    place.tell([{ code: 'study/no-complete-trials', severity: 'error', message: 'No trials are completed yet.', locations: [] }])
    return 1
  }
  if (format !== 'table') {
    const value = whole ? study : study.best
    process.stdout.write(
      format === 'csv'
        ? `${csvLine(Object.keys(value!))}\n${csvLine(Object.values(value!).map(cell => (typeof cell === 'object' ? JSON.stringify(cell) : cell)))}\n`
        : trialFormats[format](value),
    )
    return 0
  }
  const { terminal } = place
  const row = (label: string, text: string) => terminal.out(`${terminal.paint.dim(label.padEnd(10))}  ${text}`)
  row('study', study.name)
  row('run', study.id)
  row('status', study.status)
  row(
    'trials',
    `${Object.entries(study.states)
      .map(([state, count]) => `${count} ${state}`)
      .join(', ')} of ${study.n_trials}`,
  )
  if (study.best) {
    row('best', `${study.metric} ${study.best.value}   trial ${study.best.number}`)
    for (const [name, value] of Object.entries(study.best.params)) row('', `${name} = ${value}`)
  }
  return 0
}

function trials({ platform }: Workplace, { runDir }: RunSummary, format: TrialText): number {
  const rows = readTrials(platform.files, runDir).map(trial => ({
    number: trial.number,
    state: trial.state,
    values: trial.values,
    params: Object.fromEntries(trial.params),
    datetime_start: trial.datetimeStart?.toISOString() ?? null,
    datetime_complete: trial.datetimeComplete?.toISOString() ?? null,
    user_attrs: Object.fromEntries(trial.userAttrs),
    intermediate_values: Object.fromEntries(trial.intermediateValues),
  }))
  if (format === 'json' || format === 'yaml') {
    process.stdout.write(trialFormats[format](rows))
    return 0
  }
  const names = [...new Set(rows.flatMap(row => Object.keys(row.params)))]
  const cells = rows.map(({ number, state, values, params }) => [
    String(number),
    state,
    values?.map(String).join(' ') ?? '',
    ...names.map(name => String(params[name] ?? '')),
  ])
  const head = ['number', 'state', 'value', ...names.map(name => (format === 'csv' ? `params_${name}` : name))]
  process.stdout.write(format === 'csv' ? [head, ...cells].map(csvLine).join('\n') + '\n' : `${tableText(head, cells)}\n`)
  return 0
}
