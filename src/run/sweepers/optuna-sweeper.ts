import { child, jobRequest, toYaml } from '../../config/index.ts'
import { ProblemError, plainProblem } from '../../config/problems.ts'
import { createStudy, type LiveTrial } from '../../study/index.ts'
import { composeJob } from '../compose-port.ts'
import { jobProblem, placesOf } from '../config-places.ts'
import { requireDirections } from '../study-directions.ts'
import { countFinished, failLeft, queueAgain, retryOf } from '../study-resume.ts'
import type { WantedJob } from '../sweep-jobs.ts'
import { isOf, ownerOf } from '../trial-owner.ts'
import { failsFast } from './basic-sweeper.ts'
import { jobSeed } from './job-seed.ts'
import { outcomeLines, resultsNode } from './optimization-results.ts'
import { type Loop, sweepLogger } from './optuna-loop.ts'
import type { OptunaPlan } from './plan-optuna.ts'
import { BATCH, JOB, replaySweep, suggestAll } from './replay-sweep.ts'
import type { Sweep, SweepEnd } from './sweep-contract.ts'
import type { SweptParam } from './sweep-space.ts'
import { sweepStorage } from './sweep-storage.ts'
import { sweepStudy } from './sweep-study.ts'
import type { SweeperSettings } from './sweeper-settings.ts'
import { tellBatch } from './tell-batch.ts'

/**
 * A sweep whose jobs Optuna proposes, with the keys, the job order and the files of hydra-optuna-sweeper 1.3: batches of `n_jobs` trials,
 * all proposed before the first of them is told; a batch with more failures than `max_failure_rate` ends the sweep.
 * The study is on disk after each trial, so a sweep that was interrupted can go on.
 */
export async function optunaSweeper(sweep: Sweep, { settings, space, sampler, gridSize, extend }: OptunaPlan): Promise<SweepEnd> {
  const { platform, run, signal } = sweep
  tellOldSearchSpace(sweep, settings)
  for (const problem of space.warnings) run.log.emit({ type: 'problem', problem: plainProblem(problem) })
  const { storage, text, place, close } = sweepStorage(platform, settings.storage, run.runDir)
  try {
    const nTrials = Math.min(settings.nTrials, gridSize ?? Number.POSITIVE_INFINITY)
    const log = (message: string) => run.log.log('INFO', sweepLogger, message)
    if (gridSize !== undefined) log(`Updating num of trials to ${nTrials} due to using GridSampler.`)
    const owner = ownerOf(platform, run)
    const study = createStudy({
      storage,
      owner,
      studyName: settings.studyName ?? run.result.title.replaceAll(' · ', '-'),
      directions: [...settings.directions],
      sampler,
      ...(settings.pruner ? { pruner: settings.pruner } : {}),
      loadIfExists: true,
    })
    requireDirections(study, settings.directions, placesOf(child(settings.node, 'direction')))
    log(`Study name: ${study.studyName}`)
    log(`Storage: ${text}`)
    log(`Sampler: ${sampler.name}`)
    log(`Directions: [${settings.directions.map(name => `'${name}'`).join(', ')}]`)
    const loop = { sweep, study, settings, space, owner, ...(place ? { storage: place } : {}), ...(extend ? { extend } : {}) }
    const end = await trialsThrough(loop, nTrials)
    if (end.failed || signal.aborted) return end
    for (const line of outcomeLines(study, space)) log(line)
    platform.files.writeWhole(`${run.runDir}/optimization_results.yaml`, toYaml(resultsNode(study, space)))
    return {}
  } finally {
    close()
  }
}

function tellOldSearchSpace({ run }: Sweep, { node }: SweeperSettings): void {
  const has = (name: string) => child(node, name)?.kind === 'map'
  const url = 'https://hydra.cc/docs/upgrades/1.1_to_1.2/changes_to_sweeper_config/'
  if (!has('search_space')) return
  const message = has('params')
    ? `Both hydra.sweeper.params and hydra.sweeper.search_space are configured.\nHydra will use hydra.sweeper.params for defining search space.\n${url}`
    : `\`hydra.sweeper.search_space\` is deprecated and will be removed in the next major release.\nPlease configure with \`hydra.sweeper.params\`.\n${url}`
  run.log.log('WARNING', 'py.warnings', message)
}

async function trialsThrough(loop: Loop, nTrials: number): Promise<SweepEnd> {
  const { sweep, study, settings } = loop
  const { platform, signal, run } = sweep
  const began = platform.clock.monotonic()
  let jobNumber = sweep.request.resume ? continueSweep(loop) : 0
  let left = nTrials - (sweep.request.resume ? countFinished(ownTrials(loop)) : 0)
  // What is done again is a batch of its own: the next one is proposed when all of the interrupted one are told, as it would have been.
  let toRepeat = study.trials.filter(trial => trial.state === 'WAITING' && trial.userAttrs.has(retryOf)).length
  const failFast = failsFast(sweep)
  try {
    while (left > 0 && !signal.aborted && platform.clock.monotonic() - began < (settings.timeout ?? Number.POSITIVE_INFINITY) * 1000) {
      const size = Math.min(left, toRepeat > 0 ? toRepeat : settings.nJobs)
      toRepeat = 0
      const trials = Array.from({ length: size }, () => study.ask())
      for (const [i, { trialId }] of trials.entries()) {
        study.storage.setTrialSystemAttr(trialId, BATCH, trials[0].number)
        study.storage.setTrialSystemAttr(trialId, JOB, jobNumber + i)
      }
      const batch = trials.map((trial, i) => proposed(loop, trial, jobNumber + i))
      const ended = await sweep.jobs.runBatch(batch, { failFast })
      jobNumber += size
      const { failed, exhausted } = tellBatch(loop, trials, ended)
      if (signal.aborted) return {}
      if (failed.length / size > settings.maxFailureRate || (failFast && failed.length > 0)) {
        const texts = failed.map(({ message }) => `ValueError(${JSON.stringify(message)})`)
        run.log.log(
          'ERROR',
          sweepLogger,
          `Failed [${texts.join(', ')}] times out of ${size} with max_failure_rate=${settings.maxFailureRate}.`,
        )
        const first = ended.find(({ result }) => result?.status === 'failed')?.result
        return { failed: first ?? run.result }
      }
      if (exhausted) return {}
      left -= size
    }
  } finally {
    run.update({ study: sweepStudy(loop, nTrials) })
  }
  return {}
}

/** Suggests the parameters of a trial and makes the job that tries them. */
function proposed(loop: Loop, trial: LiveTrial, number: number): WantedJob {
  const { sweep, space, settings } = loop
  suggestAll(loop, trial)
  const overlap = [...trial.params.keys()].filter(name => space.fixed.has(name))
  if (overlap.length) {
    throw new ProblemError(
      jobProblem(
        'sweep/overlap',
        `Overlapping fixed parameters and search space parameters found!Overlapping parameters: [${overlap.map(name => `'${name}'`).join(', ')}]`,
      ),
    )
  }
  const texts = new Map<string, SweptParam['text']>(space.params.map(({ name, text }) => [name, text]))
  const seed = jobSeed(child(child(sweep.master.hydra, 'sweeper'), 'job_seed'))
  const overrides = [
    ...[...trial.params].map(([name, value]) => `${name}=${(texts.get(name) ?? pythonText(trial, name))(value)}`),
    ...[...space.fixed].map(([name, text]) => `${name}=${text}`),
    ...(seed ? [`++${seed.key}=${seed.base + number}`] : []),
  ]
  const request = jobRequest(sweep.master, { overrides })
  const config = composeJob(sweep.platform, request, sweep.cache)
  const job = sweep.place({ number, overrides, request, config })
  // Without a pruner nothing is reported, as with hydra-optuna-sweeper.
  if (!settings.pruner) return { job, overrides }
  const report = (value: number, step: number) => {
    trial.report(value, step)
    return trial.shouldPrune()
  }
  return { job: { ...job, report }, overrides }
}

/** Python's `str` of a value that a custom search space suggested. */
const pythonText =
  (trial: LiveTrial, name: string): SweptParam['text'] =>
  value => {
    if (value === null) return 'None'
    if (typeof value === 'boolean') return value ? 'True' : 'False'
    const isFloat = trial.distributions.get(name)?.name === 'FloatDistribution'
    return isFloat && Number.isInteger(value) ? `${value}.0` : String(value)
  }

/**
 * Makes a sweep that was interrupted ready to go on: trials that its dead process left running are failed and queued again with the same
 * parameters, and the sampler is taken through the known trials, batch by batch, so that it proposes what it would have proposed.
 *
 * @returns the number of the next job
 */
function continueSweep(loop: Loop): number {
  const { sweep, study, owner } = loop
  failLeft(study, owner, sweep.platform)
  const proposed = replaySweep(loop)
  queueAgain(study, owner, proposed)
  return ownTrials(loop).length
}

const ownTrials = ({ study, owner }: Loop) => study.trials.filter(trial => isOf(owner, trial))
