import { ProblemError } from '../config/problems.ts'
import { LearnError, type Predictor, toMlLogisticRegression, toMlRandomForest, toOnnx } from '../learn/index.ts'
import { slashes } from '../platform/node.ts'
import { problemOf } from '../run/failure.ts'
import { resolvePath } from '../run/paths.ts'
import { listRuns } from '../run/runs-index.ts'
import { loadTrainedModel, type TrainedModel } from '../run/trained-model.ts'
import { type Flag, parseArguments, UsageError } from './arguments.ts'
import { findRun } from './find-run.ts'
import { flagsHelp } from './flags-help.ts'
import { relativeTo } from './print-problem.ts'
import { withUsage, workplace } from './workplace.ts'
import { writeOutput } from './write-output.ts'

declare const __VERSION__: string | undefined

const formats = ['onnx', 'ml-random-forest', 'ml-logistic-regression'] as const
type Format = (typeof formats)[number]

const flags: readonly Flag[] = [
  { names: ['--format', '-f'], value: 'one', choices: formats, help: 'What is written; default onnx' },
  { names: ['--out', '-o'], value: 'one', metavar: 'FILE', help: 'Where; default model.onnx or model.json in the working folder' },
  { names: ['--help', '-h'], value: 'none', help: 'This help' },
]
const usage = `fitwright export RUN [--format ${formats.join('|')}] [--out FILE]`

/** `fitwright export`: the model of a run for other programs. */
export const exportCommand = (args: readonly string[]): Promise<number> =>
  withUsage('export', usage, async () => {
    const { flags: given, positionals } = parseArguments(args, flags)
    if (given.has('--help')) {
      process.stdout.write(
        `usage: ${usage}\n\nRUN is a run folder, or the end of its name. onnx holds the whole pipeline, one input per column of the data;\nthe ml-* formats hold the model alone: it takes what the preprocessing made.\n\nflags:\n${flagsHelp(flags)}\n`,
      )
      return 0
    }
    if (positionals.length !== 1) throw new UsageError('export needs a run')
    const place = workplace()
    const { platform, cwd, terminal } = place
    const run = findRun(place, listRuns(platform, cwd), positionals[0])
    const format = (given.get('--format') ?? 'onnx') as Format
    const out = given.get('--out') ?? (format === 'onnx' ? 'model.onnx' : 'model.json')
    try {
      const { content, notes } = exported(await loadTrainedModel(platform.files, run.runDir), format)
      writeOutput(place, out, content)
      terminal.out(`saved  ${relativeTo(cwd, resolvePath(cwd, slashes(out)))}`)
      for (const note of notes) terminal.err(`note: ${note}\n`)
      return 0
    } catch (error) {
      if (!(error instanceof ProblemError || error instanceof LearnError) && !(error as { code?: string }).code) throw error
      place.tell([problemOf(error)])
      return 1
    }
  })

/** What a format does not say by itself. */
function notesOf(format: Format, { type, params }: Predictor): readonly string[] {
  if (type === 'ml-random-forest.RandomForestClassifier') return []
  if (format === 'ml-random-forest') {
    return ['Give it rows without missing values; where two classes have the same votes, the package takes another one.']
  }
  return type && params.fit_intercept === false ? [] : ['Give it a last column that is 1: the intercept.']
}

function exported(
  { pipeline, columns }: TrainedModel,
  format: Format,
): { readonly content: string | Uint8Array; readonly notes: readonly string[] } {
  const { predictor, transformers } = pipeline
  if (format === 'onnx') {
    const content = toOnnx(pipeline, columns, { version: typeof __VERSION__ === 'string' ? __VERSION__ : '0' })
    return { content, notes: [] }
  }
  const model = format === 'ml-random-forest' ? toMlRandomForest(predictor) : toMlLogisticRegression(predictor)
  const notes = [...(transformers.length ? ['The file holds the model without the preprocessing.'] : []), ...notesOf(format, predictor)]
  return { content: `${JSON.stringify(model)}\n`, notes }
}
