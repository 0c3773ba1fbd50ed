import { strftime } from '../../config/omegaconf/resolvers/strftime.ts'
import { resolvePath } from '../../run/paths.ts'
import { runFiles } from '../../run/run-folder.ts'
import * as samplers from '../../study/index.ts'
import {
  createStudy,
  type Direction,
  type Distribution,
  distributionFromJson,
  loadStudy,
  openStorage,
  type Sampler,
  type Storage,
  type Study,
  StudyError,
} from '../../study/index.ts'
import { parseJson, writeJson } from '../../study/python-json.ts'
import { floatText, stringText } from '../../study/python-text.ts'
import { type Flag, type ParsedArguments, parseArguments, UsageError } from '../arguments.ts'
import { flagsHelp, usageText } from '../flags-help.ts'
import type { Workplace } from '../workplace.ts'
import { type Cell, keyOf, PythonFloat, PythonTuple, type RecordFormat, recordsText, trialRecords, typedParams } from './records.ts'
import type { OptunaVerb } from './verb-names.ts'

const directions = ['minimize', 'maximize'] as const
const allFlags: readonly Flag[] = [
  {
    names: ['--storage'],
    value: 'one',
    metavar: 'URL',
    help: 'Where the study is: sqlite:///study.db or a journal file; also OPTUNA_STORAGE',
  },
  { names: ['--storage-class'], value: 'one', metavar: 'CLASS', help: 'JournalFileBackend: the storage is a journal' },
  { names: ['--study-name'], value: 'one', metavar: 'NAME', help: 'Which study of the storage' },
  { names: ['--direction'], value: 'one', choices: directions, help: 'Minimize or maximize; default minimize' },
  { names: ['--directions'], value: 'many', choices: directions, help: 'One for each objective' },
  { names: ['--skip-if-exists'], value: 'none', help: 'No error when the study exists' },
  { names: ['--sampler'], value: 'one', metavar: 'CLASS', help: 'A sampler of Optuna, such as TPESampler' },
  { names: ['--sampler-kwargs'], value: 'one', metavar: 'JSON', help: 'Its arguments, such as {"seed": 1}' },
  {
    names: ['--search-space'],
    value: 'one',
    metavar: 'JSON',
    help: 'Distributions by name: {"x": {"type": "float", "low": 0, "high": 1}}',
  },
  { names: ['--trial-number'], value: 'one', metavar: 'NUMBER', help: 'Which trial' },
  { names: ['--values'], value: 'many', metavar: 'VALUE', help: 'The objective values' },
  { names: ['--state'], value: 'one', choices: ['complete', 'pruned', 'fail'], help: 'How the trial ended; default complete' },
  { names: ['--skip-if-finished'], value: 'none', help: 'No error when the trial has ended already' },
  { names: ['--format', '-f'], value: 'one', choices: ['value', 'json', 'table', 'yaml'], help: 'How it is printed' },
  { names: ['--flatten'], value: 'none', help: 'A column for each parameter' },
  { names: ['--key', '-k'], value: 'one', metavar: 'KEY', help: 'Name of the attribute' },
  { names: ['--value', '-v'], value: 'one', metavar: 'VALUE', help: 'Its value, a text' },
  { names: ['--help', '-h'], value: 'none', help: 'This help' },
]
const printed = ['--format', '--flatten']
const takes: Readonly<Record<OptunaVerb, readonly string[]>> = {
  'create-study': ['--study-name', '--direction', '--directions', '--skip-if-exists'],
  'delete-study': ['--study-name'],
  'set-user-attr': ['--study-name', '--key', '--value'],
  'study-names': ['--format'],
  studies: printed,
  trials: ['--study-name', ...printed],
  'best-trial': ['--study-name', ...printed],
  'best-trials': ['--study-name', ...printed],
  ask: ['--study-name', '--sampler', '--sampler-kwargs', '--search-space', ...printed],
  tell: ['--study-name', '--trial-number', '--values', '--state', '--skip-if-finished'],
}
const flagsOf = (verb: OptunaVerb): readonly Flag[] => {
  const names = ['--storage', '--storage-class', ...takes[verb], '--help']
  return allFlags.filter(flag => names.includes(flag.names[0]))
}

/** The usage line of a verb. */
export const optunaUsage = (verb: OptunaVerb): string => usageText(`fitwright study ${verb}`, flagsOf(verb), '[RUN_DIR]')

/** @throws StudyError in Optuna's words, UsageError */
export function optunaVerb(place: Workplace, verb: OptunaVerb, args: readonly string[]): number {
  const parsed = parseArguments(args, flagsOf(verb))
  if (parsed.flags.has('--help')) {
    place.print(
      `${optunaUsage(verb)}\n\nAs \`optuna ${verb === 'set-user-attr' ? 'study set-user-attr' : verb}\` does it.\n\nflags:\n${flagsHelp(flagsOf(verb))}\n`,
    )
    return 0
  }
  const { storage, close } = storageOf(place, parsed)
  try {
    return act(place, verb, parsed, storage)
  } finally {
    close()
  }
}

function storageOf({ platform, cwd }: Workplace, { flags, positionals }: ParsedArguments): { readonly storage: Storage; close(): void } {
  const [runDir] = positionals
  const url = flags.get('--storage') ?? platform.environment.env.OPTUNA_STORAGE
  const given = runDir !== undefined && url === undefined ? `${resolvePath(cwd, runDir)}/${runFiles.journal}` : url
  if (given === undefined) throw new UsageError('Storage URL is not specified.')
  const text =
    flags.get('--storage-class')?.startsWith('Journal') && !given.includes('://') ? `journal:///${resolvePath(cwd, given)}` : given
  const storage = openStorage(text, platform.files, { now: () => platform.clock.now() })
  return { storage, close: () => storage.close() }
}

function act(place: Workplace, verb: OptunaVerb, { flags }: ParsedArguments, storage: Storage): number {
  const name = flags.get('--study-name')
  const format = (flags.get('--format') ?? (verb === 'ask' ? 'json' : verb === 'study-names' ? 'value' : 'table')) as RecordFormat
  const flatten = flags.has('--flatten')
  const print = (text: string) => place.print(`${text}\n`)
  const say = (message: string) => place.terminal.err(`[I ${logTime(place)}] ${message}\n`)
  switch (verb) {
    case 'create-study': {
      const several = flags.get('--directions')?.split(' ') as Direction[] | undefined
      if (several && flags.has('--direction'))
        throw new StudyError('study/direction', 'ValueError', 'Specify only one of `direction` and `directions`.')
      const existed = name !== undefined && storage.studyIdOf(name) !== undefined
      const study = createStudy({
        storage,
        ...(name === undefined ? {} : { studyName: name }),
        ...(several ? { directions: several } : { direction: (flags.get('--direction') ?? 'minimize') as Direction }),
        loadIfExists: flags.has('--skip-if-exists'),
      })
      storage.flush()
      say(
        existed
          ? `Using an existing study with \`study_name=${stringText(study.studyName)}\` instead of creating a new one.`
          : `A new study created with name: ${study.studyName}`,
      )
      print(study.studyName)
      return 0
    }
    case 'set-user-attr': {
      const [study, key, value] = ['--study-name', '--key', '--value'].map(flag => flags.get(flag))
      if (study === undefined || key === undefined || value === undefined) {
        const missing = [study ?? '--study-name', key ?? '--key/-k', value ?? '--value/-v'].filter(text =>
          /^--(study-name|key|value)/.test(text),
        )
        throw new UsageError(`the following arguments are required: ${missing.join(', ')}`)
      }
      storage.setStudyUserAttr(loaded(storage, study).studyId, key, value)
      storage.flush()
      say('Attribute successfully written.')
      return 0
    }
    case 'delete-study': {
      const study = loaded(storage, name)
      storage.deleteStudy(study.studyId)
      storage.flush()
      return 0
    }
    case 'study-names':
      print(recordsText({ columns: [['name', '']], rows: storage.studies().map(study => new Map([[keyOf('name'), study.name]])) }, format))
      return 0
    case 'studies':
      print(studiesText(storage, format, flatten))
      return 0
    case 'ask': {
      const [sampler, space] = [samplerOf(flags), spaceOf(flags)]
      return ask(loaded(storage, name, { sampler, missing: dropped }), space, { print, say, format, flatten })
    }
    case 'tell': {
      const study = loaded(storage, name)
      const text = flags.get('--trial-number')
      if (text === undefined) throw new UsageError('the following arguments are required: --trial-number')
      const number = Number(text)
      if (!/^[-+]?\d+$/.test(text)) throw new UsageError(`argument --trial-number: invalid int value: '${text}'`)
      const values = flags.get('--values')?.split(' ').map(numberOf)
      const state = flags.get('--state')?.toUpperCase() as 'COMPLETE' | 'PRUNED' | 'FAIL' | undefined
      study.tell(number, values ?? null, { ...(state ? { state } : {}), skipIfFinished: flags.has('--skip-if-finished') })
      const shown = values ? `[${values.map(floatText).join(', ')}]` : 'None'
      say(`Told trial ${number} with values ${shown} and state ${state ? `TrialState.${state}` : 'None'}.`)
      return 0
    }
    default: {
      const study = loaded(storage, name)
      const trials = verb === 'trials' ? study.trials : verb === 'best-trial' ? [study.bestTrial] : study.bestTrials
      print(recordsText(trialRecords(trials, study.directions.length), format, { flatten, single: verb === 'best-trial' }))
      return 0
    }
  }
}

const numberOf = (text: string): number => {
  const value = /^[-+]?(?:inf(?:inity)?|nan)$/i.test(text)
    ? Number(text.replace(/inf(?:inity)?/i, 'Infinity').replace(/nan/i, 'NaN'))
    : Number(text)
  if (Number.isNaN(value) && !/nan/i.test(text)) throw new UsageError(`argument --values: invalid float value: '${text}'`)
  return value
}

const dropped =
  "Implicit study creation within the 'ask' command was dropped in Optuna v4.0.0. Please use the 'create-study' command beforehand."

function loaded(
  storage: Storage,
  studyName: string | undefined,
  { sampler, missing = 'Record does not exist.' }: { readonly sampler?: Sampler | undefined; readonly missing?: string } = {},
): Study {
  try {
    return loadStudy({ storage, ...(studyName === undefined ? {} : { studyName }), ...(sampler ? { sampler } : {}) })
  } catch (error) {
    if (!(error instanceof StudyError) || error.type !== 'KeyError') throw error
    const names = storage.studies().map(({ name }) => `'${name}'`)
    throw new StudyError('study/not-found', 'KeyError', missing, {
      hint: `There is no study '${studyName}'; the storage has ${names.join(', ') || 'none'}.`,
    })
  }
}

interface Printing {
  readonly print: (text: string) => void
  readonly say: (message: string) => void
  readonly format: RecordFormat
  readonly flatten: boolean
}

function spaceOf(flags: ParsedArguments['flags']): ReadonlyMap<string, Distribution> {
  const text = flags.get('--search-space')
  if (text === undefined) return new Map()
  const given = jsonArgument('--search-space', text)
  return new Map([...given].map(([name, distribution]) => [name, distributionFromJson(writeJson(distribution))]))
}

function ask(study: Study, space: ReadonlyMap<string, Distribution>, { print, say, format, flatten }: Printing): number {
  const trial = study.ask(space)
  study.storage.flush()
  const params = typedParams(trial)
  const shown = params.map(
    ([name, value]) =>
      `${stringText(name)}: ${value instanceof PythonFloat ? floatText(value.value) : typeof value === 'string' ? stringText(value) : String(value)}`,
  )
  say(`Asked trial ${trial.number} with parameters {${shown.join(', ')}}.`)
  const row = new Map<string, Cell>([[keyOf('number'), trial.number]])
  if (params.length === 0 && !flatten) row.set(keyOf('params'), {})
  for (const [name, value] of params) row.set(keyOf('params', name), value)
  const columns = [
    ['number', ''] as const,
    ...(params.length === 0 && !flatten ? [['params', ''] as const] : params.map(([name]) => ['params', name] as const)),
  ]
  print(recordsText({ columns, rows: [row] }, format, { flatten, single: true }))
  return 0
}

function jsonArgument(flag: string, text: string): ReadonlyMap<string, unknown> {
  let value: unknown
  try {
    value = parseJson(text)
  } catch {
    throw new UsageError(`argument ${flag}: invalid JSON: ${text}`)
  }
  if (value instanceof Map) return value
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return new Map(Object.entries(value))
  throw new UsageError(`argument ${flag}: a JSON object is needed, got ${text}`)
}

/** A sampler by Optuna's class name, with its arguments as JSON. */
function samplerOf(flags: ParsedArguments['flags']): Sampler | undefined {
  const name = flags.get('--sampler')
  const kwargs = flags.get('--sampler-kwargs')
  if (name === undefined) {
    if (kwargs === undefined) return undefined
    throw new UsageError('`--sampler_kwargs` is set without `--sampler`. Please specify `--sampler` as well or omit `--sampler-kwargs`.')
  }
  const made = (samplers as unknown as Readonly<Record<string, unknown>>)[name]
  if (!name.endsWith('Sampler') || typeof made !== 'function') throw new UsageError(`The sampler ${name} is not built in.`)
  const options = kwargs === undefined ? {} : Object.fromEntries(jsonArgument('--sampler-kwargs', kwargs))
  const Made = made as new (options: object) => Sampler
  try {
    return new Made(options)
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message)
    throw error
  }
}

function studiesText(storage: Storage, format: RecordFormat, flatten: boolean): string {
  const rows = storage.studies().map(({ studyId, name, directions: given }) => {
    const trials = storage.trials(studyId)
    const begun = trials
      .map(trial => trial.datetimeStart?.getTime() ?? Number.POSITIVE_INFINITY)
      .reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY)
    const row = new Map<string, Cell>([
      [keyOf('name'), name],
      [keyOf('n_trials'), trials.length],
      [keyOf('datetime_start'), Number.isFinite(begun) ? strftime(new Date(begun), '%Y-%m-%d %H:%M:%S') : null],
    ])
    row.set(keyOf('direction'), new PythonTuple(given.map(direction => direction.toUpperCase())))
    return row
  })
  const columns = ['name', 'direction', 'n_trials', 'datetime_start'].map(name => [name, ''] as const)
  return recordsText({ columns, rows }, format, { flatten })
}

const logTime = ({ platform }: Workplace) => {
  const now = platform.clock.now()
  return `${strftime(now, '%Y-%m-%d %H:%M:%S')},${String(now.getMilliseconds()).padStart(3, '0')}`
}
