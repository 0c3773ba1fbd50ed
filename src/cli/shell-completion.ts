import { UsageError } from './arguments.ts'
import { completionScripts } from './completion-scripts.ts'
import type { HydraOptions } from './hydra-flags.ts'
import type { Workplace } from './workplace.ts'

/** `--shell-completion install=bash|zsh|fish`, `uninstall=…`, and `query=…`, which the installed function asks at each Tab. */
export async function shellCompletion(place: Workplace, { overrides }: HydraOptions): Promise<number> {
  const given = overrides.flatMap(text => {
    const [, command, shell] = /^(install|uninstall|query)=(.*)$/.exec(text) ?? []
    return command === undefined ? [] : [{ command: command as 'install' | 'uninstall' | 'query', shell }]
  })
  if (given.length !== 1) throw new UsageError("Expecting one subcommand from ['install', 'uninstall', 'query'] to be set")
  const [{ command, shell }] = given
  if (!Object.hasOwn(completionScripts, shell)) {
    const available = Object.keys(completionScripts).map(name => `\t${name}`)
    throw new UsageError(`No completion plugin for '${shell}' found, available : \n${available.join('\n')}`)
  }
  if (command !== 'query') {
    place.print(completionScripts[shell][command])
    return 0
  }
  const { COMP_LINE: line = '', COMP_POINT: point = '' } = place.platform.environment.env
  const typed = point === '' ? line : line.slice(0, Number(point))
  const { completeLine } = await import('./complete-line.ts')
  const matches = completeLine(place, typed)
  place.print(`${matches.join(shell === 'fish' ? '\n' : ' ')}\n`)
  return 0
}
