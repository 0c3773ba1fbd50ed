import { type ComposedConfig, listGroups } from '../config/index.ts'
import type { ConfigNode } from '../config/node.ts'
import { ProblemError, plainProblem } from '../config/problems.ts'
import type { Predictor, Target } from '../learn/index.ts'
import type { Platform } from '../platform/ports.ts'
import { fullKeyIn, instantiate, unusedParts } from '../targets/index.ts'
import { resolveGiven } from './compose-port.ts'
import { jobProblem, parameterPlace, placesOf } from './config-places.ts'
import { foldsOfJob, type Report } from './cross-validation.ts'
import { type Fold, type JobData, lineOfRow, readJobData } from './data-sets.ts'
import type { RunResult } from './events.ts'
import { type Circumstances, problemOf } from './failure.ts'
import { fixedTrial } from './fixed-trial.ts'
import type { RunRequest } from './job.ts'
import { inOnePiece, type JobControl, jobControl, withoutInterruption } from './job-control.ts'
import { defaultMetric } from './metrics.ts'
import { modelKind, modelLabel } from './model-kind.ts'
import type { OpenRun } from './open-run.ts'
import { settled } from './own-step.ts'
import { buildParts, type Parts, pipelineOf } from './parts.ts'
import { parentPath } from './paths.ts'
import type { Progress } from './pipeline.ts'
import { loadProjectModules } from './project-modules.ts'
import { type FittedResult, fitAndScore } from './single-run.ts'
import { type StudyPlan, studyPlan } from './study-plan.ts'
import { runTrials, studyResult } from './study-run.ts'
import { targetModules, targetNamed, targetOf } from './target-modules.ts'
import { taskConfig } from './task-config.ts'
import { type TaskRoles, taskRoles } from './task-roles.ts'
import { trialWork } from './trial-work.ts'
import { readTrials } from './trials.ts'
import { warningsOnce } from './warnings-once.ts'

interface Job {
  readonly composed: ComposedConfig
  readonly run: OpenRun
  /** Kept up to date, so that a failure knows its place. */
  readonly at: { now: Circumstances }
  readonly logger: string
  readonly signal?: AbortSignal
}

/**
 * What a job does once it has a folder: roles, parts, data, then one fit or the trials of a study.
 *
 * @throws whatever stops it
 */
export async function doWork(platform: Platform, request: RunRequest, { composed, run, at, logger, signal }: Job): Promise<void> {
  const { files } = platform
  const config = taskConfig(composed, resolveGiven)
  const roles = taskRoles(config, () => listGroups(platform.configFiles, composed.request))
  const project = request.project ?? parentPath(request.compose.configPath)
  const modules = request.trusted
    ? await loadProjectModules(platform, project, targetModules(composed.task), name => placesOf(targetOf(composed.task, name)))
    : undefined
  if (modules?.placeOf) at.now = { ...at.now, placeOf: modules.placeOf, targetAt: name => targetNamed(composed.task, name) }
  const warnings = warningsOnce(run.log, logger, () => placeText(at.now.part, project))
  const control = jobControl(platform, signal, { onWarning: warnings.onWarning })
  const madeBy = new WeakMap<object, ConfigNode>()
  at.now = { ...at.now, nodeOf: step => madeBy.get(step) }
  const parts = await inOnePiece(control, () =>
    buildParts(roles, instantiate, {
      worker: platform.worker,
      // A recipe makes several steps.
      made: (value, node) => {
        for (const step of Array.isArray(value) ? value : [value]) if (typeof step === 'object' && step !== null) madeBy.set(step, node)
      },
      fullKeyOf: node => fullKeyIn(composed.task, node),
      ...(modules ? { modules } : {}),
    }),
  )
  const name = run.result.study?.name ?? run.result.title.replaceAll(' · ', '-')
  const plan = parts.awaitsTrial ? studyPlan(config, parts, roles, { instantiate, name, project }) : undefined
  if (plan) run.update({ kind: 'study', study: studyResult(plan, request.resume ? readTrials(files, run.runDir) : []) })
  announce(run)
  for (const problem of [...parts.warnings, ...unusedParts(composed.task)])
    run.log.emit({ type: 'problem', problem: plainProblem(problem) })
  run.save()
  at.now = { ...at.now, part: roles.train.node }
  const data = await inOnePiece(control, () => readJobData(files, project, roles, message => run.log.log('WARNING', logger, message)))
  run.update({ roles: shownRoles(roles, data, run.result), data: shownData(data) })
  if (isConstant(data.trainTarget))
    run.log.log('WARNING', logger, `All rows of the training data have the same value in the target column '${data.target}'.`)
  signal?.throwIfAborted()
  const lineIn = (path: string) => (row: number) => lineOfRow(files, path, row, roles.csv?.options)
  const progress: Progress = {
    at(part, phase, rows) {
      const node = part === 'metrics' ? (roles.metrics[0]?.node ?? roles.model) : parts[part].node
      at.now = { ...at.now, part: node, data: rows ? foldPlace(data, rows[phase], lineIn) : dataPlace(data, phase, lineIn) }
    },
    problemOf: error => problemOf(error, at.now),
    keep() {
      const then = at.now
      return () => {
        at.now = then
      }
    },
  }
  const folds = roles.cv && foldsOfJob(data, roles, instantiate, control)
  const work = {
    run,
    parts,
    data,
    roles,
    control: plan && !modules?.exports.size && isSmall(data) ? withoutInterruption(control) : control,
    progress,
    ...(folds ? { folds } : {}),
    ...(request.job?.report ? { report: request.job.report } : {}),
  }
  run.log.log('DEBUG', logger, `Training data: ${data.train.rows} rows, ${data.columns.length} columns from ${roles.train.path}.`)
  const outcome = plan ? await study(platform, request, { ...work, plan }) : await single(platform, work)
  warnings.summary()
  run.update(outcome)
  run.log.emit({ type: 'metrics', metrics: outcome.metrics })
  const [[metric, value]] = Object.entries(outcome.metrics)
  run.log.log('INFO', logger, `${roles.modelName ?? outcome.model.name}: ${metric} ${value}`)
}

/** `conf/models/lr.yaml:2:3`, seen from the project. */
function placeText(part: ConfigNode | undefined, project: string): string | undefined {
  const [place] = plainProblem(jobProblem('', '', parameterPlace(part))).locations
  if (!place) return undefined
  const path = place.path.startsWith(`${project}/`) ? place.path.slice(project.length + 1) : place.path
  return `${path}:${place.line}:${place.column}`
}

interface Work {
  readonly run: OpenRun
  readonly parts: Parts
  readonly data: JobData
  readonly roles: TaskRoles
  readonly control: JobControl
  readonly progress: Progress
  readonly folds?: (model: Predictor) => readonly Fold[]
  readonly report?: Report
}

/** One fit. Trees are counted while they grow, at most ten times a second. */
async function single({ files, clock }: Platform, { run, parts, data, roles, control, ...work }: Work): Promise<FittedResult> {
  let toldAt = clock.monotonic()
  const onProgress = (done: number, total: number, unit: string) => {
    if (clock.monotonic() - toldAt < 100) return
    toldAt = clock.monotonic()
    run.log.emit({ type: 'progress', done, total, unit })
  }
  const build = () => settled(pipelineOf(parts, { preprocess: parts.preprocess.build(), model: parts.model.build() }), data.trainTarget)
  return fitAndScore(build, data, roles, { ...work, files, runDir: run.runDir, control: { ...control, onProgress } })
}

/** The trials, then the best of them once more for its predictions and its model. */
async function study(
  platform: Platform,
  request: RunRequest,
  { run, plan, parts, data, roles, control, progress, folds }: Work & { plan: StudyPlan },
): Promise<FittedResult> {
  // A pruner that was asked for is to have something to judge; Optuna's default one is not: trials without one stay what they are.
  const trials = trialWork(parts, data, roles, progress, { ...(folds ? { folds } : {}), reportsStages: plan.pruner !== undefined })
  const best = await runTrials(platform, run, plan, trials, {
    control,
    resume: request.resume !== undefined,
  })
  // Optuna's words.
  if (!best) throw new ProblemError(jobProblem('study/no-complete-trials', 'No trials are completed yet.'))
  const build = () => trials.build(fixedTrial(best.number, new Map(Object.entries(best.params))))
  const context = { files: platform.files, runDir: run.runDir, control, progress, ...(folds ? { folds } : {}) }
  const fitted = await fitAndScore(build, data, roles, context)
  // The objective is what the trial had, also where fitting once more differs (no random_state).
  return { ...fitted, metrics: { [plan.metric]: best.value, ...fitted.metrics, ...{ [plan.metric]: best.value } } }
}

/** Says that the run has started, once: as soon as it is known whether it is a study, or when it fails before. */
export function announce({ log, runDir, result }: OpenRun): void {
  if (log.announced) return
  const { kind, title, configName, overrides, study } = result
  const about = study ? { metric: study.metric, direction: study.direction, nTrials: study.nTrials } : {}
  log.announced = true
  log.emit({ type: 'started', kind, runDir, title, configName, overrides, ...about })
}

/** Nothing that a trial does with so few cells takes long: it is not worth having it watched. */
const isSmall = ({ train }: JobData): boolean => train.rows * train.columns.length < 20_000

const isConstant = (column: Target) => (column.type === 'text' ? column.codes : column.values).every((value, _, all) => value === all[0])

function shownRoles(roles: TaskRoles, data: JobData, { choices }: RunResult): NonNullable<RunResult['roles']> {
  return {
    train: roles.train.path,
    ...(roles.test ? { test: roles.test.path } : {}),
    target: data.target,
    metric: roles.metrics[0]?.name ?? defaultMetric(modelKind(roles.model)),
    ...(choices.preprocess ? { preprocess: choices.preprocess } : {}),
    model: roles.modelName ?? choices.models ?? choices.model ?? modelLabel(roles.model) ?? 'model',
  }
}

function shownData({ train, test, columns, missingCells }: JobData): NonNullable<RunResult['data']> {
  return { trainRows: train.rows, testRows: test?.rows ?? 0, columns: columns.length, missingCells }
}

/** Finds lines in a file that was read. */
type LineIn = (path: string) => (row: number) => number

/** As `dataPlace`, for some of the training data's rows. */
function foldPlace(data: JobData, rows: Int32Array, lineIn: LineIn): Circumstances['data'] {
  const drawn = data.rowsOf?.train
  return { path: data.trainPath, lineOf: lineIn(data.trainPath), rows: drawn ? rows.map(row => drawn[row]) : rows }
}

/** Where the rows of a message stand: below the header of their file. */
function dataPlace({ trainPath, testPath, rowsOf }: JobData, phase: 'train' | 'test', lineIn: LineIn): Circumstances['data'] {
  const rows = rowsOf?.[phase]
  const path = phase === 'test' && testPath ? testPath : trainPath
  return { path, lineOf: lineIn(path), ...(rows ? { rows } : {}) }
}
