import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { withLargePages } from './large-pages.ts'
import type { ProcessPort, WorkerProcess } from './ports.ts'

const keptStderr = 4000

/** Processes from the product's own bundles (`<entry>.cjs` in `folder`). */
export function nodeProcesses(folder: URL): ProcessPort {
  return {
    start(entry, { memoryMb }) {
      // Loaded when the first process is started: most commands start none.
      const { fork } = createRequire(import.meta.url)('node:child_process') as typeof import('node:child_process')
      const child = fork(fileURLToPath(new URL(`${entry}.cjs`, folder)), [], {
        execArgv: memoryMb === undefined ? [] : [`--max-old-space-size=${memoryMb}`],
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
        env: withLargePages(process.env),
      })
      let stderr = ''
      let hearText: (stream: 'stdout' | 'stderr', text: string) => void = () => {}
      child.stdout?.setEncoding('utf8').on('data', (text: string) => hearText('stdout', text))
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        stderr = (stderr + text).slice(-keptStderr)
        hearText('stderr', text)
      })
      let hear: (message: unknown) => void = () => {}
      child.on('message', message => hear(message))
      const exited = new Promise<Awaited<WorkerProcess['exited']>>(done => {
        child.on('error', error => done({ code: null, signal: null, stderr: error.message }))
        child.on('close', (code, signal) => done({ code, signal, stderr }))
      })
      return {
        pid: child.pid ?? 0,
        post: message => void child.send?.(message as object, () => {}),
        listen: onMessage => {
          hear = onMessage
        },
        listenOutput: onText => {
          hearText = onText
        },
        exited,
        memory: () => residentMegabytes(child.pid),
        kill: () => void child.kill('SIGKILL'),
      }
    },
  }
}

/** Source: proc(5): the second field of statm is the resident set in pages. */
function residentMegabytes(pid: number | undefined): number | undefined {
  try {
    return (Number(readFileSync(`/proc/${pid}/statm`, 'latin1').split(' ')[1]) * 4096) / 2 ** 20
  } catch {
    return undefined
  }
}
