import { listPrimaryConfigs } from '../config/index.ts'
import { type Flag, parseArguments, UsageError } from './arguments.ts'
import { composeFlags, runFlags } from './command-flags.ts'
import { completeFiles } from './complete-files.ts'
import { completeWord } from './complete-word.ts'
import { hydraFlags, parseHydraArguments } from './hydra-flags.ts'
import { composeRequest, type Workplace } from './workplace.ts'

const verbs = ['run', 'compose', 'check', 'runs', 'study', 'predict', 'export', 'lsp', 'help']
const second: Readonly<Record<string, readonly string[]>> = {
  runs: ['compare', 'list', 'show'],
  study: ['best', 'convert', 'export', 'list', 'resume', 'show', 'trials'],
  help: ['check', 'compose', 'run', 'runs', 'study'],
}
const commandFlags: Readonly<Record<string, readonly Flag[]>> = {
  run: [...hydraFlags, ...runFlags],
  compose: [...hydraFlags, ...composeFlags],
}

/** What the last word of a command line can become. `line` ends at the cursor and begins with the program. */
export function completeLine(place: Workplace, line: string): string[] {
  const words = withoutProgram(line)
  const [verb, ...rest] = words.length > 1 ? words : [words[0]]
  const word = words.at(-1)!
  if (words.length === 1) return verbs.filter(name => name.startsWith(word))
  const flags = commandFlags[verb]
  if (!flags) return words.length === 2 ? (second[verb] ?? []).filter(name => name.startsWith(word)) : []
  const before = rest.slice(0, -1)
  const value = flagValue(place, flags, before, word)
  if (value) return value
  if (word.startsWith('-')) return flags.flatMap(flag => flag.names.filter(name => name.startsWith(word))).sort()
  try {
    const options = parseHydraArguments(before, verb === 'run' ? runFlags : composeFlags)
    const request = { ...composeRequest(options, place), mode: options.multirun ? ('multirun' as const) : ('run' as const) }
    return completeWord(place.platform.configFiles, { word, request, cwd: place.cwd })
  } catch (error) {
    // what is typed so far is no command line
    if (error instanceof UsageError) return []
    throw error
  }
}

/** The words behind the program's name; the last one is empty behind a blank. */
function withoutProgram(line: string): [string, ...string[]] {
  const words = line.trimStart().split(/\s+/)
  // `npx fitwright run`, `node dist/fitwright.cjs run`, or whatever else the program is called
  const program = words.findIndex(word => /(^|[\\/])fitwright[^\\/]*$/.test(word))
  const behind = words.slice((program < 0 ? 0 : program) + 1)
  return behind.length > 0 ? (behind as [string, ...string[]]) : ['']
}

/** The value of a flag that stands before the word. */
function flagValue(place: Workplace, flags: readonly Flag[], before: readonly string[], word: string): string[] | undefined {
  const last = before.at(-1)
  const flag = last === undefined ? undefined : flags.find(({ names }) => names.includes(last))
  if (!flag || flag.value === 'none') return undefined
  const [name] = flag.names
  if (flag.choices) return flag.choices.filter(choice => choice.startsWith(word))
  if (name === '--config-dir' || name === '--config-path' || name === '--resume') return completeFiles(word === '' ? './' : word, place.cwd)
  if (name !== '--config-name') return flag.value === 'one' ? [] : undefined
  const { flags: given } = parseArguments(before.slice(0, -1), flags)
  const options = parseHydraArguments(
    [...given].flatMap(([key, value]) => (value === '' ? [key] : [key, value])),
    flags.slice(hydraFlags.length),
  )
  const { configPath, configDirs } = composeRequest(options, place)
  return listPrimaryConfigs(place.platform.configFiles, { configPath, ...(configDirs ? { configDirs } : {}) }).filter(one =>
    one.startsWith(word),
  )
}
