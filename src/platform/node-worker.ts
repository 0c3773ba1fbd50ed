import type { Worker } from 'node:worker_threads'
import type { WorkerPort } from './ports.ts'

/** What a worker sends: messages while it works, then one answer. */
export type WorkerReply =
  | { readonly type: 'message'; readonly message: unknown }
  | { readonly type: 'result'; readonly output: unknown }
  | { readonly type: 'error'; readonly error: unknown }

/** So long a worker that stays waits for the next task. */
const idleMilliseconds = 5000

/**
 * Worker threads from the product's own bundles (`<entry>.cjs` in `folder`).
 *
 * An abort terminates the thread at once, whatever it computes; the promise then rejects with the signal's reason. Threads that stay keep no process alive.
 */
export function nodeWorker(folder: URL): WorkerPort {
  const idle = new Map<string, { readonly worker: Worker; readonly timer: NodeJS.Timeout }[]>()

  const started = (entry: string, input: unknown): Worker => {
    const kept = idle.get(entry)?.pop()
    if (kept) {
      clearTimeout(kept.timer)
      kept.worker.ref()
      kept.worker.postMessage(input)
      return kept.worker
    }
    // Loaded when the first thread is started: most commands start none.
    const { Worker } = process.getBuiltinModule('node:worker_threads')
    return new Worker(new URL(`${entry}.cjs`, folder), { workerData: input })
  }

  const keep = (entry: string, worker: Worker) => {
    worker.unref()
    const workers = idle.get(entry) ?? []
    const forget = () => {
      const at = workers.findIndex(one => one.worker === worker)
      if (at >= 0) clearTimeout(workers.splice(at, 1)[0].timer)
    }
    const timer = setTimeout(() => {
      forget()
      void worker.terminate()
    }, idleMilliseconds).unref()
    idle.set(entry, workers)
    workers.push({ worker, timer })
    worker.once('exit', forget)
    worker.once('error', forget)
  }

  return {
    async run<Input, Output>(
      entry: string,
      input: Input,
      { signal, onMessage, stays = false }: { signal?: AbortSignal; onMessage?: (message: unknown) => void; stays?: boolean },
    ): Promise<Output> {
      signal?.throwIfAborted()
      const worker = started(entry, input)
      let isIdle = false
      const settled = new AbortController()
      try {
        return await new Promise<Output>((resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason), { once: true, signal: settled.signal })
          worker.on('message', (reply: WorkerReply) => {
            if (reply.type === 'message') onMessage?.(reply.message)
            else if (reply.type === 'result') {
              isIdle = stays
              resolve(reply.output as Output)
            } else reject(reply.error)
          })
          worker.on('error', reject)
          worker.on('exit', code => reject(new Error(`The worker ended before it answered (exit code ${code}).`)))
        })
      } finally {
        settled.abort()
        // All of them at once would be those of Node too.
        for (const event of ['message', 'error', 'exit']) worker.removeAllListeners(event)
        if (isIdle && !signal?.aborted) keep(entry, worker)
        else await worker.terminate()
      }
    },
  }
}
