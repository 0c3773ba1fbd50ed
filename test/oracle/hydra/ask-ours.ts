import type { HydraOptions } from '../../../src/cli/hydra-flags.ts'

import { showConfig } from '../../../src/cli/show-config.ts'
import { showInfo } from '../../../src/cli/show-info.ts'
import type { Workplace } from '../../../src/cli/workplace.ts'
import type { ConfigFiles } from '../../../src/config/config-files.ts'
import {
  type ComposedConfig,
  type ComposeRequest,
  compose,
  expandSweep,
  memoryFiles,
  type Problem,
  resolveNode,
  toYaml,
} from '../../../src/config/index.ts'
import type { PlainProblem } from '../../../src/config/problems.ts'
import type { Platform } from '../../../src/platform/ports.ts'

/** A question as `real_hydra.py` takes it; /T stands for the folder of the tree. */
export interface Question {
  readonly files?: Readonly<Record<string, string>>
  readonly overrides?: readonly string[]
  readonly config_name?: string | null
  readonly config_path?: string
  readonly config_dirs?: readonly string[]
  readonly mode?: 'multirun'
  readonly version_base?: '1.1' | '1.2' | '1.3'
  readonly env?: Readonly<Record<string, string>>
  /** The jobs of a sweep, or what `--cfg` and `--info` print. */
  readonly what?: 'sweep' | 'cfg' | 'info'
  readonly cfg?: 'job' | 'hydra' | 'all'
  readonly package?: string
  readonly info?: string
  /** Ask for the values with interpolations resolved, too. */
  readonly resolve?: boolean
  /** Do not ask for the final defaults list. */
  readonly rows?: false
}

export interface Answer {
  readonly task?: string
  readonly choices?: readonly (readonly [string, string | null])[]
  readonly defaults?: readonly (readonly [string, string, boolean, string | null])[]
  readonly hydra?: string
  readonly stdout?: string
  readonly jobs?: readonly (readonly string[])[]
  readonly resolved?: string | { readonly error: string }
  readonly error?: { readonly type?: string; readonly text: string }
  readonly warnings?: readonly string[]
}

/** What our composition says, in the words of `real_hydra.py`. */
export function askOurs(question: Question, files: ConfigFiles = memoryFiles(question.files ?? { '/T/conf/config.yaml': '' })): Answer {
  const request: ComposeRequest = {
    configPath: question.config_path ?? '/T/conf',
    overrides: question.overrides ?? [],
    cwd: '/T',
    env: question.env ?? {},
    ...(question.config_name === undefined ? {} : { configName: question.config_name }),
    ...(question.config_dirs ? { configDirs: question.config_dirs } : {}),
    ...(question.mode ? { mode: question.mode } : {}),
    ...(question.version_base ? { versionBase: question.version_base } : {}),
  }
  if (question.what === 'sweep') {
    const { jobs, problems } = expandSweep(files, request)
    return errorOf(problems) ?? { jobs: jobs.map(({ overrides }) => overrides) }
  }
  if (question.what) return printed(files, question)
  const { config, problems } = compose(files, request)
  const error = errorOf(problems)
  if (error || !config) return error ?? {}
  const warnings = problems
    .filter(({ severity, code }) => severity === 'warning' && code !== 'override/slash-in-key')
    .map(one => one.message)
  return {
    task: toYaml(config.task),
    choices: [...config.choices].filter(([key]) => !key.startsWith('hydra/')),
    hydra: toYaml(config.hydra),
    ...(question.rows === false
      ? {}
      : { defaults: config.defaults.map(row => [row.configPath, row.package, row.isSelf, row.parent] as const) }),
    ...(warnings.length > 0 ? { warnings } : {}),
    ...(question.resolve ? { resolved: resolvedText(config) } : {}),
  }
}

/** What our command prints. */
function printed(configFiles: ConfigFiles, question: Question): Answer {
  let stdout = ''
  const told: PlainProblem[] = []
  const platform = { configFiles, environment: { env: question.env ?? {} }, clock: { now: () => new Date() } } as unknown as Platform
  const place = {
    platform,
    cwd: '/T',
    print: (text: string) => void (stdout += text),
    tell: (problems: readonly PlainProblem[]) => void told.push(...problems),
  } as unknown as Workplace
  const options: HydraOptions = {
    overrides: question.overrides ?? [],
    configPath: question.config_path ?? '/T/conf',
    multirun: false,
    resolve: question.resolve ?? false,
    versionBase: question.version_base ?? '1.3',
    has: () => false,
    ...(question.config_name === undefined ? {} : { configName: question.config_name }),
    ...(question.config_dirs ? { configDir: question.config_dirs[0] } : {}),
    ...(question.cfg ? { cfg: question.cfg } : {}),
    ...(question.package === undefined ? {} : { package: question.package }),
    ...(question.info ? { info: question.info } : {}),
  }
  const code = question.what === 'cfg' ? showConfig(place, options) : showInfo(place, options)
  const error = told.find(({ severity }) => severity === 'error')
  if (error) return { stdout, error: { text: error.message } }
  const warnings = [...new Set(told.map(({ message }) => message))]
  return code === 0 ? { stdout, warnings } : { stdout, error: { text: 'no error was told' } }
}

function resolvedText(config: ComposedConfig): Answer['resolved'] {
  const { node, problems } = resolveNode(config, '', { keepMissing: true })
  const error = problems.find(({ severity }) => severity === 'error')
  return node && !error ? toYaml(node) : { error: firstLine(error?.message ?? '').replace(/^RecursionError.*/, 'RecursionError') }
}

function errorOf(problems: readonly Problem[]): Answer | undefined {
  const first = problems.find(({ severity }) => severity === 'error')
  return first && { error: { text: first.message } }
}

/**
 * The part of an answer that both must agree on: everything composed and the warnings that Hydra gives under version_base 1.2 and later, or
 * the error's first line. Of failed assertions and other slips of Python only that there is an error.
 */
export function comparable({ error, warnings = [], stdout, resolved, ...composed }: Answer, theirs: Answer): unknown {
  if (error && theirs.error?.type && slips.has(theirs.error.type)) return { error: 'slip' }
  const printed = stdout === undefined ? {} : { stdout: timeless(stdout) }
  if (error) return { error: firstLine(error.text), ...printed }
  return {
    ...composed,
    ...printed,
    ...(resolved === undefined
      ? {}
      : { resolved: typeof resolved === 'string' ? resolved : resolved.error.replace(/.*[Rr]ecursion.*/, 'recursion') }),
    warnings: warnings.filter(text => /missing `_self_`|is not available/.test(text)),
  }
}

/** Without the time of day, nor the widths of tables, which depend on where the tree lies. */
const timeless = (text: string): string =>
  text
    .replace(/\d{4}-\d\d-\d\d\/\d\d-\d\d-\d\d/g, 'DATE/TIME')
    .replace(/-{6,}/g, '------')
    .replace(/ +\|/g, ' |')

const slips = new Set(['AssertionError', 'AttributeError', 'RecursionError'])

const firstLine = (text: string): string => text.split('\n').find(line => line.trim() !== '') ?? ''
