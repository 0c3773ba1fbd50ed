import type { RunStatus } from '../run/events.ts'
import { countStates } from '../run/trials.ts'
import type { Direction, FrozenTrial, ParamChoice, TrialState } from '../study/contract.ts'
import { bestTrials, type NamedStudy, trialOf } from './named-study.ts'
import { csvLine, shortNumber, tableText } from './table-text.ts'
import { type TrialText, trialFormats } from './trial-formats.ts'
import type { Workplace } from './workplace.ts'

const shownTrial = ({ number, values, params }: FrozenTrial, several: boolean): ShownTrial => ({
  number,
  ...(several ? { values } : { value: values![0] }),
  params: Object.fromEntries(params),
})

interface ShownTrial {
  readonly number: number
  readonly value?: number
  readonly values?: readonly number[] | null
  readonly params: Readonly<Record<string, ParamChoice>>
}

/** What is told of a study, in the order of its keys: of one objective, or of several. */
export interface StudyFacts {
  readonly run_dir?: string
  readonly id?: string
  readonly storage?: string
  readonly name: string
  readonly status?: RunStatus
  readonly direction?: Direction
  readonly metric?: string
  readonly directions?: readonly Direction[]
  readonly metrics?: readonly string[]
  readonly n_trials: number
  readonly states: Partial<Record<TrialState, number>>
  readonly best?: ShownTrial | null
  readonly best_trials?: readonly ShownTrial[]
  readonly user_attrs?: Readonly<Record<string, unknown>>
}

/** What `study list` and `study show` tell. A study that is still open has more in its storage than in its result. */
export function facts({ id, run, storage, stored }: NamedStudy): StudyFacts {
  const trials = stored?.trials ?? []
  const result = run?.result
  const directions = stored?.directions ?? [result?.study?.direction ?? 'maximize']
  const several = directions.length > 1
  const best = stored ? bestTrials(stored) : []
  const names = stored?.metricNames
  return {
    ...(run ? { run_dir: run.runDir, id } : { storage: storage! }),
    name: stored?.name ?? result?.study?.name ?? result?.title ?? '',
    ...(result ? { status: result.status } : {}),
    ...(several
      ? { directions, metrics: names ?? directions.map((_, i) => `value ${i}`) }
      : { direction: directions[0], metric: result?.study?.metric ?? names?.[0] ?? 'value' }),
    n_trials: result?.study?.nTrials ?? trials.length,
    states: countStates(trials),
    ...(several
      ? { best_trials: best.map(trial => shownTrial(trial, several)) }
      : { best: best.length ? shownTrial(best[0], several) : null }),
    ...(stored && Object.keys(stored.userAttrs).length ? { user_attrs: stored.userAttrs } : {}),
  }
}

/** All studies, one a line. */
export function listStudies(place: Workplace, studies: readonly NamedStudy[], format: TrialText): number {
  const rows = studies.map(facts)
  if (format === 'json' || format === 'yaml') {
    place.print(trialFormats[format](rows))
    return 0
  }
  const ofRuns = studies.every(({ run }) => run !== undefined)
  const head = ofRuns ? ['run', 'study', 'status', 'trials', 'best'] : ['study', 'direction', 'trials', 'best']
  const cells = rows.map((row, i) => {
    const trials = `${row.states.COMPLETE ?? 0}/${row.n_trials}`
    const best = row.best_trials
      ? `${row.best_trials.length} on the front`
      : row.best
        ? (format === 'csv' ? String : shortNumber)(row.best.value as number)
        : ''
    return ofRuns
      ? [studies[i].id, row.name, row.status ?? '', trials, best]
      : [row.name, row.directions?.join(' ') ?? row.direction!, trials, best]
  })
  if (format === 'csv') place.print(`${[head, ...cells].map(csvLine).join('\n')}\n`)
  else place.terminal.out(rows.length ? tableText(head, cells) : 'No studies yet.')
  return 0
}

/** One study (`whole`), or its best trial, or the trial of that number. */
export function showStudy(
  place: Workplace,
  named: NamedStudy,
  { format, whole, number }: { readonly format: TrialText; readonly whole: boolean; readonly number?: number },
): number {
  const study = number === undefined ? facts(named) : { ...facts(named), ...oneTrial(named, number) }
  const best = study.best_trials ?? study.best
  if (!whole && (best === null || (Array.isArray(best) && best.length === 0))) {
    place.tell([{ code: 'study/no-complete-trials', severity: 'error', message: 'No trials are completed yet.', locations: [] }])
    return 1
  }
  if (format === 'json' || format === 'yaml') place.print(trialFormats[format](whole ? study : best))
  else if (format === 'csv') place.print(csvOf(whole ? [study] : (Array.isArray(best) ? best : [best!]).map(flat)))
  else tell(place, named, study)
  return 0
}

/** A trial of one's choice in the place of the best. */
function oneTrial({ stored }: NamedStudy, number: number): Pick<StudyFacts, 'best' | 'best_trials'> {
  const trial = trialOf(stored, number)
  const several = trial.values!.length > 1
  return several ? { best_trials: [shownTrial(trial, several)] } : { best: shownTrial(trial, several) }
}

/** Columns as those of the data frame. */
const flat = ({ number, value, values, params }: ShownTrial) => ({
  number,
  ...(values ? Object.fromEntries(values.map((one, i) => [`values_${i}`, one])) : { value }),
  ...Object.fromEntries(Object.entries(params).map(([name, one]) => [`params_${name}`, one])),
})

const csvOf = (rows: readonly object[]) => {
  const cell = (value: unknown) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : value)
  return `${[Object.keys(rows[0]), ...rows.map(row => Object.values(row).map(cell))].map(csvLine).join('\n')}\n`
}

function tell({ terminal }: Workplace, { id, run }: NamedStudy, study: StudyFacts): void {
  const row = (label: string, text: string) => terminal.out(`${terminal.paint.dim(label.padEnd(10))}  ${text}`)
  row('study', study.name)
  row(run ? 'run' : 'storage', id)
  if (study.status) row('status', study.status)
  const states = Object.entries(study.states).map(([state, count]) => `${count} ${state}`)
  const counted = states.join(', ') || 'none'
  row('trials', run ? `${counted} of ${study.n_trials}` : counted)
  if (study.best) {
    row('best', `${study.metric} ${study.best.value}   trial ${study.best.number}`)
    for (const [name, value] of Object.entries(study.best.params)) row('', `${name} = ${value}`)
  }
  for (const [i, { number, values, params }] of (study.best_trials ?? []).entries()) {
    const objectives = study.metrics!.map((name, k) => `${name} ${shortNumber(values![k])}`).join(', ')
    const shown = Object.entries(params).map(([name, value]) => `${name} = ${typeof value === 'number' ? shortNumber(value) : value}`)
    row(i === 0 ? 'best' : '', `trial ${number}: ${objectives}   ${shown.join(', ')}`)
  }
  for (const [name, value] of Object.entries(study.user_attrs ?? {}))
    row('attribute', `${name} = ${typeof value === 'string' ? value : JSON.stringify(value)}`)
}
