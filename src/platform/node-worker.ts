import type { WorkerPort } from './ports.ts'

/** What a worker sends: messages while it works, then one answer. */
export type WorkerReply =
  | { readonly type: 'message'; readonly message: unknown }
  | { readonly type: 'result'; readonly output: unknown }
  | { readonly type: 'error'; readonly error: unknown }

/**
 * Worker threads from the product's own bundles (`<entry>.cjs` in `folder`).
 *
 * An abort terminates the thread at once, whatever it computes; the promise then rejects with the signal's reason.
 */
export function nodeWorker(folder: URL): WorkerPort {
  return {
    async run<Input, Output>(
      entry: string,
      input: Input,
      { signal, onMessage }: { signal?: AbortSignal; onMessage?: (message: unknown) => void },
    ): Promise<Output> {
      signal?.throwIfAborted()
      // Loaded when the first thread is started: most commands start none.
      const { Worker } = process.getBuiltinModule('node:worker_threads')
      const worker = new Worker(new URL(`${entry}.cjs`, folder), { workerData: input })
      try {
        return await new Promise<Output>((resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason), { once: true })
          worker.on('message', (reply: WorkerReply) => {
            if (reply.type === 'message') onMessage?.(reply.message)
            else if (reply.type === 'result') resolve(reply.output as Output)
            else reject(reply.error)
          })
          worker.on('error', reject)
          worker.on('exit', code => reject(new Error(`The worker ended before it answered (exit code ${code}).`)))
        })
      } finally {
        await worker.terminate()
      }
    },
  }
}
