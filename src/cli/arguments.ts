/** One flag of a command. */
export interface Flag {
  /** As argparse lists them, the first names the value: `--config-name`, `-cn`. */
  readonly names: readonly [string, ...string[]]
  /** `none`: a switch. `optional`: what follows is its value, if there is one; with `accepts` only when that says so. `many`: all that follow, one space between. */
  readonly value: 'none' | 'one' | 'optional' | 'many'
  readonly choices?: readonly string[]
  readonly accepts?: (text: string) => boolean
  /** An `optional` flag without a value. */
  readonly default?: string
  /** For help. */
  readonly metavar?: string
  readonly help: string
  /** Where Hydra's words would not be true of this command. */
  readonly ownHelp?: string
}

export interface ParsedArguments {
  /** First name of a flag -> its value; switches are `''`. */
  readonly flags: ReadonlyMap<string, string>
  readonly positionals: readonly string[]
  /** The positionals behind `--`, which are among `positionals` too; undefined without `--`. */
  readonly afterDashes?: readonly string[]
}

/** Wrong usage, in argparse's words: exit code 2. */
export class UsageError extends Error {}

/**
 * Sorts a command line into flags and positionals, as Python's argparse does it: flags anywhere, `--flag value` and `--flag=value`,
 * unambiguous abbreviations of long flags, `-c job` and `-cjob`, everything after `--` positional.
 *
 * @throws UsageError in argparse's words
 */
export function parseArguments(args: readonly string[], known: readonly Flag[]): ParsedArguments {
  const flags = new Map<string, string>()
  const positionals: string[] = []
  let afterDashes: readonly string[] | undefined
  for (let i = 0; i < args.length; i++) {
    const arg = args[i]
    if (arg === '--') {
      afterDashes = args.slice(i + 1)
      positionals.push(...afterDashes)
      break
    }
    if (!arg.startsWith('-') || arg === '-') {
      positionals.push(arg)
      continue
    }
    const { flag, attached } = findFlag(arg, known)
    const name = flag.names[0]
    if (flag.value === 'none') {
      if (attached !== undefined) throw new UsageError(`argument ${flag.names.join('/')}: ignored explicit argument '${attached}'`)
      flags.set(name, '')
    } else if (attached !== undefined) flags.set(name, checked(flag, attached))
    else if (flag.value === 'one') {
      const next = args[i + 1]
      if (next === undefined || isFlagLike(next)) throw new UsageError(`argument ${flag.names.join('/')}: expected one argument`)
      flags.set(name, checked(flag, next))
      i++
    } else if (flag.value === 'many') {
      const values: string[] = []
      while (args[i + 1] !== undefined && (!isFlagLike(args[i + 1]) || isNegativeNumber(args[i + 1]))) values.push(checked(flag, args[++i]))
      if (values.length === 0) throw new UsageError(`argument ${flag.names.join('/')}: expected at least one argument`)
      flags.set(name, values.join(' '))
    } else {
      const next = args[i + 1]
      const takes = next !== undefined && (flag.choices ? !isFlagLike(next) : flag.accepts?.(next))
      flags.set(name, takes ? checked(flag, next) : (flag.default ?? ''))
      if (takes) i++
    }
  }
  return { flags, positionals, ...(afterDashes ? { afterDashes } : {}) }
}

const isNegativeNumber = (arg: string) => /^-\d+(?:\.\d*)?(?:e[-+]?\d+)?$|^-\.\d+$/i.test(arg)
const isFlagLike = (arg: string) => arg.length > 1 && arg.startsWith('-')

function findFlag(arg: string, known: readonly Flag[]): { readonly flag: Flag; readonly attached?: string } {
  const equals = arg.indexOf('=')
  const text = equals < 0 ? arg : arg.slice(0, equals)
  const attached = equals < 0 ? undefined : arg.slice(equals + 1)
  const exact = known.find(flag => flag.names.includes(arg)) ?? known.find(flag => flag.names.includes(text))
  if (exact) return { flag: exact, attached: exact.names.includes(arg) ? undefined : attached }
  if (arg.startsWith('--')) {
    const matches = known.flatMap(flag => flag.names.filter(name => name.startsWith(text)).map(name => ({ flag, name })))
    if (matches.length > 1) {
      throw new UsageError(`ambiguous option: ${arg} could match ${matches.map(({ name }) => name).join(', ')}`)
    }
    if (matches.length === 1) return { flag: matches[0].flag, attached }
  } else {
    const short = known.find(flag => flag.value !== 'none' && flag.names.includes(arg.slice(0, 2)))
    if (short) return { flag: short, attached: arg.slice(2) }
  }
  throw new UsageError(`unrecognized arguments: ${arg}`)
}

function checked(flag: Flag, value: string): string {
  if (!flag.choices || flag.choices.includes(value)) return value
  throw new UsageError(
    `argument ${flag.names.join('/')}: invalid choice: '${value}' (choose from ${flag.choices.map(choice => `'${choice}'`).join(', ')})`,
  )
}
