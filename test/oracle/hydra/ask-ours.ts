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
  readonly what?: 'sweep'
  /** Ask for the values with interpolations resolved, too. */
  readonly resolve?: boolean
}

export interface Answer {
  readonly task?: string
  readonly choices?: readonly (readonly [string, string | null])[]
  readonly defaults?: readonly (readonly [string, string, boolean, string | null])[]
  readonly hydra?: string
  readonly jobs?: readonly (readonly string[])[]
  readonly resolved?: string | { readonly error: string }
  readonly error?: { readonly type?: string; readonly text: string }
  readonly warnings?: readonly string[]
}

/** What our composition says, in the words of `real_hydra.py`. */
export function askOurs(question: Question): Answer {
  const files = memoryFiles(question.files ?? { '/T/conf/config.yaml': '' })
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
    defaults: config.defaults.map(row => [row.configPath, row.package, row.isSelf, row.parent]),
    ...(warnings.length > 0 ? { warnings } : {}),
    ...(question.resolve ? { resolved: resolvedText(config) } : {}),
  }
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
export function comparable({ error, warnings = [], ...composed }: Answer, theirs: Answer): unknown {
  if (!error) return { ...composed, warnings: warnings.filter(text => /missing `_self_`|is not available/.test(text)) }
  return theirs.error?.type && slips.has(theirs.error.type) ? { error: 'slip' } : { error: firstLine(error.text) }
}

const slips = new Set(['AssertionError', 'AttributeError', 'RecursionError'])

const firstLine = (text: string): string => text.split('\n').find(line => line.trim() !== '') ?? ''
