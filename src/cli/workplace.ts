import { existsSync } from 'node:fs'
import type { ComposeRequest } from '../config/compose-contract.ts'
import type { PlainProblem } from '../config/problems.ts'
import { nodePlatform, slashes } from '../platform/node.ts'
import type { Platform } from '../platform/ports.ts'
import { resolvePath } from '../run/paths.ts'
import { UsageError } from './arguments.ts'
import type { HydraOptions } from './hydra-flags.ts'
import { problemText } from './print-problem.ts'
import { type Terminal, terminalOver } from './terminal.ts'

/** Where a command works: this machine, this folder, this terminal. */
export interface Workplace {
  readonly platform: Platform
  readonly cwd: string
  readonly terminal: Terminal
  /** Says on stderr what is wrong. */
  tell(problems: readonly PlainProblem[], overrides?: readonly string[]): void
}

export function workplace({ json = false }: { readonly json?: boolean } = {}): Workplace {
  // Bundles lie in dist/ or dist/chunks/; the worker bundle in dist/.
  const here = import.meta.url
  const dist = new URL(here.includes('/chunks/') ? '..' : '.', here)
  const platform = nodePlatform({ workers: new URL('./', dist) })
  const { cwd, env } = platform.environment
  const terminal = terminalOver(process.stdout, process.stderr, env, { json })
  return {
    platform,
    cwd,
    terminal,
    tell(problems, overrides = []) {
      for (const problem of problems) terminal.err(problemText(problem, { cwd, overrides, paint: terminal.paintErr }))
    },
  }
}

/** What to compose: the conf root is `conf` in the working folder unless a flag says otherwise. */
export function composeRequest(
  { overrides, configPath, configName, configDir }: HydraOptions,
  { platform, cwd }: Workplace,
): ComposeRequest {
  const absolute = (path: string) => resolvePath(cwd, slashes(path))
  const own = configPath === undefined ? `${cwd}/conf` : absolute(configPath)
  const main = configPath === undefined && configDir !== undefined && !existsSync(own) ? absolute(configDir) : own
  return {
    configPath: main,
    ...(configName === undefined ? {} : { configName: configName.replace(/\.ya?ml$/, '') }),
    ...(configDir === undefined ? {} : { configDirs: [absolute(configDir)] }),
    overrides,
    cwd,
    env: platform.environment.env,
    now: platform.clock.now(),
  }
}

/** Runs a command; wrong usage is told as argparse tells it. */
export async function withUsage(name: string, usage: string, work: () => Promise<number>): Promise<number> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    process.stderr.write(`usage: ${usage}\nfitwright ${name}: error: ${error.message}\n`)
    return 2
  }
}
