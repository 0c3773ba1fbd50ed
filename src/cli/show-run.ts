import type { RunEvent } from '../run/events.ts'
import type { RunOutcome } from '../run/job.ts'
import { problemText, relativeTo } from './print-problem.ts'
import { progressLine } from './progress-line.ts'
import { shortNumber } from './table-text.ts'
import type { Workplace } from './workplace.ts'

/** Shows a run while it goes on: progress, warnings and problems on stderr, the jobs of a sweep on stdout. */
export function liveView({ terminal, platform, cwd }: Workplace, overrides: readonly string[], { quiet }: { readonly quiet: boolean }) {
  const line = progressLine(terminal, platform.clock.monotonic)
  const say = (text: string) => {
    line.clear()
    terminal.err(text)
  }
  let label = 'fit'
  let maximise = true
  let best: { readonly number: number; readonly value: number } | undefined
  return {
    watch(event: RunEvent): void {
      switch (event.type) {
        case 'started':
          label = event.kind === 'run' ? 'fit' : event.kind
          maximise = event.direction !== 'minimize'
          break
        case 'trial': {
          const value = event.values?.[0]
          if (event.state === 'COMPLETE' && value !== undefined && (!best || (maximise ? value > best.value : value < best.value))) {
            best = { number: event.number, value }
          }
          break
        }
        case 'progress':
          line.show({ ...event, label, ...(best ? { note: `best ${shortNumber(best.value)} (trial ${best.number})` } : {}) })
          break
        case 'console':
          line.clear()
          if (event.stream === 'stdout') terminal.out(event.text.replace(/\n$/, ''))
          else say(event.text)
          break
        case 'log':
          if (event.quiet) break
          if (event.level === 'WARNING' && event.logger !== 'optuna')
            say(`${terminal.paintErr.yellow('warning:')} ${warningText(event.message)}\n`)
          if (event.level === 'ERROR') say(`${event.message}\n`)
          break
        case 'problem':
          say(problemText(event.problem, { cwd, overrides, paint: terminal.paintErr }))
          break
        case 'job': {
          if (quiet) break
          line.clear()
          const [first] = Object.entries(event.metrics ?? {})
          const outcome = event.pruned
            ? `pruned at step ${event.pruned.step}: ${event.pruned.value}`
            : first
              ? `${first[0]} ${first[1]}`
              : event.status
          terminal.out(`#${event.number}  ${outcome}  ${event.overrides.filter(text => !text.startsWith('hydra.')).join(' ')}`)
          break
        }
      }
    },
    end: () => line.clear(),
  }
}

/** The first line of a warning; why fits failed is said by the last. */
function warningText(message: string): string {
  const lines = message.split('\n')
  return message.includes('FitFailedWarning') ? `${lines[0]}\n  ${lines.at(-1)}` : lines[0]
}

/** What a run came to, for people. */
export function outcomeText({ runDir, result }: RunOutcome, { terminal, cwd, platform }: Workplace): string {
  const { paint } = terminal
  const { metrics, study, roles, model, status, kind } = result
  const lines: string[] = []
  const row = (label: string, text: string) => lines.push(`${paint.dim(label.padEnd(5))}  ${text}`)
  if (status === 'cancelled')
    row('stop', kind !== 'run' && runDir ? `cancelled; go on with fitwright run --resume ${relativeTo(cwd, runDir)}` : 'cancelled')
  if (study?.best) {
    const { number, value, params } = study.best
    const shown = Object.entries(params).map(([name, choice]) => `${name}=${typeof choice === 'number' ? shortNumber(choice) : choice}`)
    row('best', `${paint.bold(`${study.metric} ${shortNumber(value)}`)}   trial ${number}   ${shown.join(' ')}`)
  } else if (status === 'completed' && kind === 'run') {
    row('model', roles?.model ?? model?.name ?? '')
    const { crossValidation } = result.details ?? {}
    for (const [i, [name, value]] of Object.entries(metrics).entries()) {
      // The rows kept aside for a test have no folds.
      const std = crossValidation?.std[name]
      const spread = std === undefined ? '' : ` ± ${shortNumber(std)} over ${crossValidation!.folds.length} folds`
      row(i ? '' : 'score', `${i ? `${name} ${value}` : paint.bold(`${name} ${value}`)}${spread}`)
    }
  }
  // Somebody may have removed it meanwhile.
  if (runDir && platform.files.exists(runDir)) row('saved', relativeTo(cwd, runDir))
  return lines.join('\n')
}

/** The last line of stdout with `--json`. */
export function outcomeJson({ runDir, result }: RunOutcome): string {
  const { status, metrics, study, jobs, problem } = result
  return JSON.stringify({
    run_dir: runDir ?? null,
    status,
    metrics,
    ...(study ? { study: { best: study.best ?? null, n_trials: study.nTrials, states: study.states } } : {}),
    ...(jobs
      ? {
          jobs: jobs.map(({ number, dir, status: state, overrides, metrics: values }) => ({
            number,
            run_dir: dir,
            status: state,
            overrides,
            metrics: values,
          })),
        }
      : {}),
    ...(problem ? { problem } : {}),
  })
}
