/** What a run is asked to do: the same for the tree, the panel, a code lens, a command and tasks.json. */
export interface RunRequest {
  /** The conf root, absolute. */
  readonly configPath: string
  readonly configName: string
  readonly overrides: readonly string[]
  readonly multirun: boolean
  /** Run folder of a study to go on with; its own saved config counts. */
  readonly resume?: string
}

/** Properties of a task of type `fitwright`. */
export interface TaskProperties {
  /** Primary config, relative to the workspace folder: `conf/config.yaml`. */
  readonly config: string
  readonly overrides?: readonly string[]
  readonly mode?: 'run' | 'multirun'
  /** Run folder of a study to go on with. */
  readonly resume?: string
}

const slashed = (path: string): string => path.replaceAll('\\', '/')

/** The task that does `request`, seen from the workspace folder at `folder`. */
export function taskProperties({ configPath, configName, overrides, multirun, resume }: RunRequest, folder: string): TaskProperties {
  const root = slashed(configPath)
  const base = `${slashed(folder).replace(/\/$/, '')}/`
  const relative = root.startsWith(base) ? root.slice(base.length) : root
  return {
    config: `${relative}/${configName}.yaml`,
    ...(overrides.length ? { overrides } : {}),
    ...(multirun ? { mode: 'multirun' as const } : {}),
    ...(resume ? { resume: slashed(resume) } : {}),
  }
}

/** What a task of tasks.json asks for. Undefined when `config` is no text. */
export function requestOfTask(properties: Partial<TaskProperties>, folder: string): RunRequest | undefined {
  if (typeof properties.config !== 'string' || !properties.config) return undefined
  const config = slashed(properties.config)
  const absolute = /^([A-Za-z]:)?\//.test(config) ? config : `${slashed(folder).replace(/\/$/, '')}/${config.replace(/^\.\//, '')}`
  const cut = absolute.lastIndexOf('/')
  const overrides = Array.isArray(properties.overrides) ? properties.overrides.map(String) : []
  return {
    configPath: absolute.slice(0, cut),
    configName: absolute.slice(cut + 1).replace(/\.ya?ml$/, ''),
    overrides,
    multirun: properties.mode === 'multirun',
    ...(properties.resume ? { resume: properties.resume } : {}),
  }
}

/** Arguments of `fitwright`. A study that goes on has all its overrides in its folder. */
export const runArguments = ({ configPath, configName, overrides, multirun, resume }: RunRequest): string[] =>
  resume
    ? ['run', '--resume', resume]
    : ['run', '--config-path', configPath, '--config-name', configName, ...(multirun ? ['--multirun'] : []), ...overrides]

/** Where runs of a conf root start: its parent. */
export const projectOf = (configPath: string): string => slashed(configPath).replace(/\/[^/]+\/?$/, '') || '/'

/** `conf/config.yaml +models=rf`: how a run is called in lists. */
export const requestTitle = ({ configPath, configName, overrides }: RunRequest): string =>
  [`${slashed(configPath).split('/').at(-1)}/${configName}.yaml`, ...overrides].join(' ')

/** Whether some override asks for a sweep: `a=1,2`, `a=range(…)`, `a=glob(*)`. Quotes and brackets hide commas. */
export function looksLikeSweep(overrides: readonly string[]): boolean {
  return overrides.some(text => {
    const value = text.slice(text.indexOf('=') + 1)
    if (/^(choice|range|interval|glob|tag|shuffle|sort)\(/.test(value.trim())) return true
    return /,/.test(
      value
        .replace(/\\./g, '')
        .replace(/'[^']*'|"[^"]*"/g, '')
        .replace(/\[[^\]]*\]|\{[^}]*\}|\([^)]*\)/g, ''),
    )
  })
}

/** Splits a line of overrides as a shell would: blanks separate, quotes and brackets hold together. */
export function splitOverrides(line: string): { readonly text: string; readonly start: number }[] {
  const parts: { text: string; start: number }[] = []
  let start = -1
  let depth = 0
  let quote = ''
  for (let i = 0; i <= line.length; i++) {
    const c = line[i]
    if (c === undefined || (/\s/.test(c) && depth === 0 && !quote)) {
      if (start >= 0) parts.push({ text: line.slice(start, i), start })
      start = -1
      if (c === undefined) break
      continue
    }
    if (start < 0) start = i
    if (quote) {
      if (c === '\\') i++
      else if (c === quote) quote = ''
    } else if (c === "'" || c === '"') quote = c
    else if ('[{('.includes(c)) depth++
    else if (']})'.includes(c)) depth = Math.max(0, depth - 1)
  }
  return parts
}
