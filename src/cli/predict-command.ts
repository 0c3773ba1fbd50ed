import { ProblemError } from '../config/problems.ts'
import { slashes } from '../platform/node.ts'
import { problemOf } from '../run/failure.ts'
import { predictFile } from '../run/predict-file.ts'
import { listRuns } from '../run/runs-index.ts'
import { loadTrainedModel } from '../run/trained-model.ts'
import { type Flag, parseArguments, UsageError } from './arguments.ts'
import { findRun } from './find-run.ts'
import { flagsHelp } from './flags-help.ts'
import { withUsage, workplace } from './workplace.ts'
import { writeOutput } from './write-output.ts'

const flags: readonly Flag[] = [
  { names: ['--out', '-o'], value: 'one', metavar: 'FILE', help: 'Write the predictions there; default the terminal' },
  { names: ['--sep'], value: 'one', metavar: 'CHARACTER', help: 'Between the cells of the CSV; default a comma, or what the file shows' },
  { names: ['--decimal'], value: 'one', metavar: 'CHARACTER', help: 'Decimal point of the CSV; default .' },
  { names: ['--encoding'], value: 'one', metavar: 'NAME', help: 'Encoding of the CSV; default utf-8' },
  { names: ['--json'], value: 'none', help: 'With --out: the last line of stdout is rows and metrics as JSON' },
  { names: ['--help', '-h'], value: 'none', help: 'This help' },
]
const usage = 'fitwright predict RUN DATA.csv [--out FILE]'

/** `fitwright predict`: what a run's model says of the rows of a CSV file. */
export const predictCommand = (args: readonly string[]): Promise<number> =>
  withUsage('predict', usage, async () => {
    const { flags: given, positionals } = parseArguments(args, flags)
    if (given.has('--help')) {
      process.stdout.write(
        `usage: ${usage}\n\nRUN is a run folder, or the end of its name. The file needs the columns that the model learned from; where it has\nthe target as well, the predictions are scored.\n\nflags:\n${flagsHelp(flags)}\n`,
      )
      return 0
    }
    if (positionals.length !== 2) throw new UsageError('predict needs a run and a CSV file')
    const place = workplace()
    const { platform, cwd, terminal } = place
    const [name, data] = positionals
    const warned = new Set<string>()
    const warning = (category: string, message: string) => {
      const text = `${category}: ${message}\n`
      if (!warned.has(text)) terminal.err(text)
      warned.add(text)
    }
    const run = findRun(place, listRuns(platform, cwd), name)
    try {
      const options = Object.fromEntries(
        ['sep', 'decimal', 'encoding'].flatMap(flag => (given.has(`--${flag}`) ? [[flag, given.get(`--${flag}`)]] : [])),
      )
      const { csv, rows, metrics } = predictFile(
        platform,
        await loadTrainedModel(platform.files, run.runDir),
        slashes(data),
        options,
        warning,
      )
      const out = given.get('--out')
      if (out === undefined) process.stdout.write(csv)
      else writeOutput(place, out, csv)
      const scores = Object.entries(metrics ?? {})
      if (scores.length) terminal.err(`${scores.map(([metric, value]) => `${metric} ${value}`).join('\n')}\n`)
      if (out !== undefined && given.has('--json'))
        process.stdout.write(`${JSON.stringify({ rows, out, ...(metrics ? { metrics } : {}) })}\n`)
      return 0
    } catch (error) {
      if (!(error instanceof ProblemError) && !(error as { code?: string }).code) throw error
      place.tell([problemOf(error, { runDir: run.runDir })])
      return 1
    }
  })
