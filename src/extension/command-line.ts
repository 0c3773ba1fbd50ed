import { execFile } from 'node:child_process'

/**
 * Asks the command line something short, such as `study best`.
 *
 * @returns what it prints
 * @throws Error with the first line it complains with
 */
export function askCommandLine(command: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((done, fail) => {
    const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1', NO_COLOR: '1' }
    execFile(process.execPath, [command, ...args], { cwd, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (error) fail(new Error(stderr.trim().split('\n', 1)[0] || error.message))
      else done(stdout)
    })
  })
}
