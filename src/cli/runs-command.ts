import { scorers } from '../learn/metrics/scorers.ts'
import type { RunSummary } from '../run/events.ts'
import { baseName } from '../run/paths.ts'
import { listRuns } from '../run/runs-index.ts'
import { countStates, readTrials } from '../run/trials.ts'
import { type Flag, parseArguments, UsageError } from './arguments.ts'
import { differences } from './compare-runs.ts'
import { findRun } from './find-run.ts'
import { flagsHelp } from './flags-help.ts'
import { problemText } from './print-problem.ts'
import { durationText, shortNumber, tableText } from './table-text.ts'
import { type Workplace, withUsage, workplace } from './workplace.ts'

const flags: readonly Flag[] = [
  { names: ['--json'], value: 'none', help: 'As JSON' },
  { names: ['--help', '-h'], value: 'none', help: 'This help' },
]
const usage = 'fitwright runs [list | show RUN | compare RUN RUN…] [--json]'

/** `fitwright runs`: what was run in this project. */
export const runsCommand = (args: readonly string[]): Promise<number> =>
  withUsage('runs', usage, async () => {
    const { flags: given, positionals } = parseArguments(args, flags)
    if (given.has('--help')) {
      process.stdout.write(`usage: ${usage}\n\nA RUN is a run folder, or the end of its name.\n\nflags:\n${flagsHelp(flags)}\n`)
      return 0
    }
    const [action = 'list', ...names] = positionals
    const place = workplace()
    const runs = listRuns(place.platform, place.cwd)
    const json = given.has('--json')
    if (action === 'list') return list(place, runs, json)
    if (action === 'show' && names.length <= 1) return show(place, findRun(place, runs, names[0]), json)
    if (action === 'compare' && names.length >= 2)
      return compare(
        place,
        names.map(name => findRun(place, runs, name)),
        json,
      )
    throw new UsageError(
      action === 'show' || action === 'compare'
        ? `${action} needs ${action === 'show' ? 'one run' : 'two runs or more'}`
        : `unknown action: ${action}`,
    )
  })

function list({ platform, terminal }: Workplace, runs: readonly RunSummary[], json: boolean): number {
  if (json) {
    process.stdout.write(
      `${JSON.stringify(
        runs.map(run => shown(run, platform.files)),
        null,
        2,
      )}\n`,
    )
    return 0
  }
  if (runs.length === 0) {
    terminal.out('No runs yet. fitwright run +GROUP=OPTION … makes one.')
    return 0
  }
  const rows = runs.flatMap(run => [row(run, ''), ...run.children.map(child => row(child, '  '))])
  terminal.out(tableText(['run', 'what', 'status', 'result', 'time'], rows))
  return 0

  function row(run: RunSummary, indent: string): string[] {
    const { id, result } = run
    const what = `${result.kind === 'run' ? '' : `${result.kind} `}${result.title}`
    return [
      indent + (indent ? baseName(id) : id),
      what,
      result.status,
      outcome(run),
      result.seconds === undefined ? '' : durationText(result.seconds),
    ]
  }

  function outcome({ runDir, result, children }: RunSummary): string {
    const { metrics, study, problem, status, kind } = result
    if (kind === 'sweep') return sweepOutcome(children)
    if (problem && status === 'failed') return problem.message.split('\n')[0]
    if (study) {
      const states = status === 'completed' ? study.states : countStates(readTrialsSafely(platform.files, runDir))
      const done = (states.COMPLETE ?? 0) + (states.PRUNED ?? 0)
      return `${study.best ? `best ${shortNumber(study.best.value)} · ` : ''}${done}/${study.nTrials} trials`
    }
    const [first] = Object.entries(metrics)
    return first ? `${first[0]} ${shortNumber(first[1])}` : ''
  }
}

/** The job with the best first metric; which way is better, the scorers know. */
function sweepOutcome(jobs: readonly RunSummary[]): string {
  const scored = jobs.flatMap(({ result }) =>
    Object.entries(result.metrics)
      .slice(0, 1)
      .map(([metric, value]) => ({ title: result.title, metric, value })),
  )
  if (scored.length === 0) return ''
  const sign = scorers.get(scored[0].metric)?.greaterIsBetter === false ? -1 : 1
  const best = scored.reduce((a, b) => (sign * b.value > sign * a.value ? b : a))
  return `best ${best.title} ${shortNumber(best.value)}`
}

type Files = Workplace['platform']['files']

function readTrialsSafely(files: Files, runDir: string) {
  try {
    return readTrials(files, runDir)
  } catch {
    return []
  }
}

/** A run for machines; of a study that is not complete, what its journal has. */
function shown({ runDir, id, result, children }: RunSummary, files: Files): unknown {
  const { study } = result
  const counted =
    study && result.status !== 'completed' ? { study: { ...study, states: countStates(readTrialsSafely(files, runDir)) } } : {}
  return {
    run_dir: runDir,
    id,
    ...result,
    ...counted,
    ...(children.length ? { children: children.map(child => shown(child, files)) } : {}),
  }
}

function show(place: Workplace, run: RunSummary, json: boolean): number {
  const { terminal, platform, cwd } = place
  const { result } = run
  if (json) {
    process.stdout.write(`${JSON.stringify(shown(run, platform.files), null, 2)}\n`)
    return 0
  }
  const facts: [string, string | undefined][] = [
    ['run', run.id],
    ['what', `${result.kind} ${result.title}`],
    ['status', result.status],
    ['started', result.startedAt],
    ['time', result.seconds === undefined ? undefined : durationText(result.seconds)],
    ['config', `${result.configPath}/${result.configName}.yaml`],
    ['overrides', result.overrides.join(' ')],
    ['model', result.roles?.model],
    ['data', result.data && `${result.data.trainRows} training rows, ${result.data.testRows} test rows, ${result.data.columns} features`],
    ...Object.entries(result.metrics).map(([name, value]): [string, string] => [name, String(value)]),
  ]
  if (result.study) {
    const { states, best, nTrials } = result.study
    const counts = result.status === 'completed' ? states : countStates(readTrialsSafely(platform.files, run.runDir))
    facts.push([
      'trials',
      `${Object.entries(counts)
        .map(([state, count]) => `${count} ${state}`)
        .join(', ')} of ${nTrials}`,
    ])
    if (best)
      facts.push([
        'best',
        `trial ${best.number}  ${best.value}  ${Object.entries(best.params)
          .map(([name, value]) => `${name}=${value}`)
          .join(' ')}`,
      ])
  }
  for (const [name, text] of facts) if (text) terminal.out(`${terminal.paint.dim(name.padEnd(10))}  ${text}`)
  if (result.problem) terminal.out(problemText(result.problem, { cwd, overrides: result.overrides, paint: terminal.paint }))
  return 0
}

function compare({ platform, terminal }: Workplace, runs: readonly RunSummary[], json: boolean): number {
  const rows = differences(platform.files, runs)
  if (json) {
    process.stdout.write(`${JSON.stringify({ runs: runs.map(run => run.id), differences: rows }, null, 2)}\n`)
    return 0
  }
  terminal.out(
    tableText(
      ['', ...runs.map(run => run.id)],
      rows.map(({ key, values }) => [key, ...values.map(value => value ?? '-')]),
    ),
  )
  return 0
}
