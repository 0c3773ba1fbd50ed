import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { UsageError } from '../../../src/cli/arguments.ts'
import { composeFlags } from '../../../src/cli/command-flags.ts'
import { parseHydraArguments } from '../../../src/cli/hydra-flags.ts'
import { requireOneMode, showInstead } from '../../../src/cli/show-instead.ts'
import { type Workplace, workplace } from '../../../src/cli/workplace.ts'

/** A project on disk with a command line in it. `/T` in texts stands for its folder. */
export interface App {
  readonly folder: string
  /** A place in the project that keeps what is written. */
  place(env?: Readonly<Record<string, string>>): Workplace & { readonly written: () => { stdout: string; stderr: string } }
  remove(): void
}

export function appOf(files: Readonly<Record<string, string>>): App {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'fitwright-cli-')))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return {
    folder,
    place(env = {}) {
      let stdout = ''
      let stderr = ''
      const shown = (text: string) => text.replaceAll(folder, '/T')
      const place = workplace({
        cwd: folder,
        stdout: { write: text => (stdout += text) },
        stderr: { write: text => (stderr += text) },
        env,
      })
      return { ...place, written: () => ({ stdout: shown(stdout), stderr: shown(stderr) }) }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** Hydra's flags on a command line, as `fitwright compose` answers them. */
export async function answer(app: App, args: readonly string[], env?: Readonly<Record<string, string>>) {
  const place = app.place(env)
  try {
    const options = parseHydraArguments(args, composeFlags)
    requireOneMode(options)
    const code = await showInstead(options, 'run', place)
    return { code, ...place.written(), error: place.written().stderr.split('\n')[0] }
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    return { code: 2, ...place.written(), error: error.message.split('\n')[0] }
  }
}
