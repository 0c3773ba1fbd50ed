import nodeModule, { createRequire } from 'node:module'
import { EOL } from 'node:os'

declare const __VERSION__: string | undefined

/** What a command gets, and its exit code: 0 done, 1 the run or check failed, 2 wrong usage. */
export type Command = (args: readonly string[]) => Promise<number>

/** One file with all that shows a composition and runs nothing: twenty small ones would take longer to find than to read. */
const quick = () => createRequire(import.meta.url)('./quick.cjs') as typeof import('./quick.ts')

/** Each command is loaded when it is called: a run loads neither the language server nor what only lists need. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import('./run-command.ts')).runCommand,
  compose: async () => quick().composeCommand,
  check: async () => (await import('./check-command.ts')).checkCommand,
  runs: async () => (await import('./runs-command.ts')).runsCommand,
  study: async () => (await import('./study-command.ts')).studyCommand,
  export: async () => (await import('./export-command.ts')).exportCommand,
  predict: async () => (await import('./predict-command.ts')).predictCommand,
  lsp: async () => (await import('./lsp-command.ts')).lspCommand,
}

const usage = `usage: fitwright COMMAND [ARGUMENT…]

  run       train what a config describes: fitwright run +preprocess=simple +models=lr
  compose   print the composed config
  check     find mistakes in configs
  runs      list, show and compare runs
  study     list and show studies, their trials and the best one; resume one
  predict   what a run's model says of a CSV file
  export    the model of a run as ONNX, or for the ml-* packages
  lsp       the language server (--stdio)
  help      flags of a command: fitwright help run

In a project fitwright run --help shows what its configs offer. Completion: eval "$(fitwright run -sc install=bash)" (or zsh, fish).
fitwright --version prints the version.`

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === '--version' || name === '-V') return print(`fitwright ${typeof __VERSION__ === 'string' ? __VERSION__ : 'development'}`)
  if (name === 'help' && args[0] !== undefined && Object.hasOwn(commands, args[0])) return commandHelp(args[0])
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') return print(usage)
  if (!Object.hasOwn(commands, name)) {
    // An override in place of a command: the likeliest slip of whoever comes from `python main.py`.
    const hint = name.includes('=') ? `fitwright run ${[name, ...args].join(' ')}` : `one of ${Object.keys(commands).join(', ')}`
    process.stderr.write(`fitwright: error: unknown command: ${name}${EOL}hint: ${hint}${EOL}`)
    return 2
  }
  const command = name === 'run' && showsOnly(args) ? quick().showCommand : await commands[name]()
  try {
    return await command(args)
  } catch (error) {
    return unforeseen(error)
  }
}

/** Flags with which `fitwright run` shows something and runs nothing. */
const showing = new Set(['-sc', '--shell-completion', '--cfg', '-c', '--info', '-i', '--help', '-h', '--hydra-help', '--version'])

const showsOnly = (args: readonly string[]): boolean =>
  args.some(arg => showing.has(arg.split('=')[0])) && !args.some(arg => arg === '--json' || arg === '--')

async function commandHelp(name: string): Promise<number> {
  if (name !== 'run' && name !== 'compose') return (await commands[name]())(['--help'])
  const { workplace } = await import('./workplace.ts')
  return (await import('./command-help.ts')).showCommandHelp(name, workplace())
}

/** What nobody foresaw is told in one line; with HYDRA_FULL_ERROR=1, as in Hydra, with where it came from. */
function unforeseen(error: unknown): number {
  const { message = String(error), stack = message } = error as Error
  const text = process.env.HYDRA_FULL_ERROR ? stack : `${message}${EOL}hint: Set HYDRA_FULL_ERROR=1 for a complete stack trace.`
  process.stderr.write(`${text}${EOL}`)
  return 1
}

function print(text: string): number {
  process.stdout.write(`${text}\n`)
  return 0
}

// `fitwright runs list | head` closes the pipe early: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})
// Newer Nodes keep what they have compiled for the next start.
;(nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.()
process.exitCode = await main(process.argv.slice(2))
