import { readFileSync } from 'node:fs'

/**
 * When process `pid` started, as a text that no other process with the same number has: boot and clock ticks on Linux. Undefined where
 * the system does not tell (or the process is gone).
 */
export function processStart(pid: number): string | undefined {
  try {
    // Field 22 of proc(5) stat; the name in field 2 may hold spaces and parentheses.
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').slice(0, 8)}/${fields[19]}`
  } catch {
    return undefined
  }
}

/** Whether the process that had number `pid` when it started at `startedAt` still runs; numbers are used again, starts are not. */
export function isAlive(pid: number, startedAt?: string): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  if (!startedAt?.includes('/')) return true
  const start = processStart(pid)
  // Another process's start cannot be read everywhere; without /proc the number alone decides.
  return start === undefined ? !hasProc() : start === startedAt
}

const hasProc = () => processStart(process.pid) !== undefined

/** Sets variables and the working folder of this process; the returned function restores what was. */
export function enterPlace({ env, cwd }: { readonly env: Readonly<Record<string, string>>; readonly cwd?: string }): () => void {
  const before = new Map(Object.keys(env).map(name => [name, process.env[name]]))
  const folder = process.cwd()
  Object.assign(process.env, env)
  if (cwd !== undefined) process.chdir(cwd)
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
    if (cwd !== undefined) process.chdir(folder)
  }
}
