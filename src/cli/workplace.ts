import { existsSync } from 'node:fs'
import type { ComposeRequest } from '../config/compose-contract.ts'
import { type PlainProblem, type Problem, ProblemError, plainProblem } from '../config/problems.ts'
import { hydraMainIn } from '../config/sources/hydra-main.ts'
import { readPythonApp } from '../config/sources/python-app.ts'
import { nodePlatform, slashes } from '../platform/node.ts'
import type { Platform } from '../platform/ports.ts'
import { resolvePath } from '../run/paths.ts'
import { withResolvers } from '../run/project-resolvers.ts'
import { UsageError } from './arguments.ts'
import type { HydraOptions } from './hydra-flags.ts'
import { problemText } from './print-problem.ts'
import { type OutputStream, type Terminal, terminalOver } from './terminal.ts'

/** Where a command works: this machine, this folder, this terminal. */
export interface Workplace {
  readonly platform: Platform
  readonly cwd: string
  readonly terminal: Terminal
  /** Resolvers of the project's own code, when it was loaded. */
  readonly resolvers?: ComposeRequest['resolvers']
  /** Writes to stdout as it is: what other programs read. */
  print(text: string): void
  /** Says on stderr what is wrong. */
  tell(problems: readonly PlainProblem[], overrides?: readonly string[]): void
}

export interface WorkplaceOptions {
  readonly json?: boolean
  readonly cwd?: string
  readonly stdout?: OutputStream
  readonly stderr?: OutputStream
  readonly env?: Readonly<Record<string, string | undefined>>
}

export function workplace({ json = false, stdout, stderr, ...where }: WorkplaceOptions = {}): Workplace {
  // All bundles lie in one folder.
  const machine = nodePlatform({ workers: new URL('./', import.meta.url), ...(where.cwd === undefined ? {} : { cwd: where.cwd }) })
  const platform = where.env ? { ...machine, environment: { ...machine.environment, env: where.env } } : machine
  const { cwd, env } = platform.environment
  const out = () => stdout ?? process.stdout
  const terminal = terminalOver(out, () => stderr ?? process.stderr, env, { json })
  return {
    platform,
    cwd,
    terminal,
    print: text => void out().write(text),
    tell(problems, overrides = []) {
      for (const problem of problems) terminal.err(problemText(problem, { cwd, overrides, paint: terminal.paintErr }))
    },
  }
}

/** What to compose: the conf root is what a flag says, or the `@hydra.main` of a `main.py` in the working folder, else `conf` there. */
export function composeRequest(
  { overrides, configPath, configName, configDir, versionBase }: HydraOptions,
  { platform, cwd, resolvers }: Workplace,
): ComposeRequest {
  const absolute = (path: string) => resolvePath(cwd, slashes(path))
  const app = hydraMainIn(platform.configFiles, cwd)
  const usual = `${cwd}/conf`
  const ofApp = app.configPath !== undefined && (existsSync(app.configPath) || !existsSync(usual)) ? app.configPath : usual
  const own = configPath === undefined ? ofApp : absolute(configPath)
  const name = configName === undefined ? app.configName : configName
  const main = configPath === undefined && configDir !== undefined && !existsSync(own) ? absolute(configDir) : own
  const version = versionBase ?? readPythonApp(platform.configFiles, main, { depth: 1, mostFolders: 40, mostFiles: 50 }).versionBase
  return {
    configPath: main,
    ...(name === undefined ? {} : { configName: name }),
    ...(configDir === undefined ? {} : { configDirs: [absolute(configDir)] }),
    overrides,
    cwd,
    env: platform.environment.env,
    now: platform.clock.now(),
    ...(version === undefined ? {} : { versionBase: version }),
    ...(resolvers ? { resolvers } : {}),
  }
}

/** The workplace with the resolvers that the project's module exports. Undefined, and told, when the module fails to load. */
export async function withProjectCode(place: Workplace, options: HydraOptions): Promise<Workplace | undefined> {
  try {
    const { resolvers } = await withResolvers(place.platform, composeRequest(options, place))
    return resolvers ? { ...place, resolvers } : place
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error
    const { problem } = error
    place.tell([isPlain(problem) ? problem : plainProblem(problem)], options.overrides)
    return undefined
  }
}

const isPlain = (problem: Problem | PlainProblem): problem is PlainProblem => problem.locations.every(location => 'path' in location)

/** Hydra's refusal of a `--config-dir` that is not there. */
export function missingConfigDir({ configDir }: HydraOptions, { platform, cwd }: Workplace): PlainProblem | undefined {
  if (configDir === undefined) return undefined
  const path = resolvePath(cwd, slashes(configDir))
  if (platform.configFiles.list(path)) return undefined
  return { code: 'config/no-config-dir', severity: 'error', message: `Additional config directory '${path}' not found`, locations: [] }
}

/** Runs a command; wrong usage is told as argparse tells it. */
export async function withUsage(name: string, usage: string | (() => string), work: () => Promise<number>): Promise<number> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    const shown = typeof usage === 'string' ? `usage: ${usage}` : usage()
    process.stderr.write(`${shown}\nfitwright ${name}: error: ${error.message}\n`)
    return 2
  }
}
