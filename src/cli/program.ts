import { type Command, commandExit, print } from './exit-code.ts'

declare const __VERSION__: string | undefined

export { answerJobs } from '../run/job-process.ts'
export { answerTask } from '../run/worker.ts'

/** Each command's modules are set up when it is called: a run sets up neither the language server nor what only lists need. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import('./run-command.ts')).runCommand,
  compose: async () => (await import('./compose-command.ts')).composeCommand,
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

/** `fitwright NAME ARGUMENT…`, for all that does more than `quick.ts`. */
export async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === '--version' || name === '-V') return print(`fitwright ${typeof __VERSION__ === 'string' ? __VERSION__ : 'development'}`)
  if (name === 'help' && args[0] !== undefined && Object.hasOwn(commands, args[0])) return commandHelp(args[0])
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') return print(usage)
  if (!Object.hasOwn(commands, name)) {
    // An override in place of a command: the likeliest slip of whoever comes from `python main.py`.
    const hint = name.includes('=') ? `fitwright run ${[name, ...args].join(' ')}` : `one of ${Object.keys(commands).join(', ')}`
    process.stderr.write(`fitwright: error: unknown command: ${name}\nhint: ${hint}\n`)
    return 2
  }
  return commandExit(await commands[name](), args)
}

async function commandHelp(name: string): Promise<number> {
  if (name !== 'run' && name !== 'compose') return (await commands[name]())(['--help'])
  const { workplace } = await import('./workplace.ts')
  return (await import('./command-help.ts')).showCommandHelp(name, workplace())
}
