import { parentPort, workerData } from 'node:worker_threads'
import type { WorkerReply } from './node-worker.ts'

/** The other side of `WorkerPort.run` on node: answers the input that this thread was started with. */
export async function answerAsWorker(work: (input: unknown, send: (message: unknown) => void) => Promise<unknown>): Promise<void> {
  const post = (reply: WorkerReply) => parentPort?.postMessage(reply)
  try {
    post({ type: 'result', output: await work(workerData, message => post({ type: 'message', message })) })
  } catch (error) {
    post({ type: 'error', error })
  }
}
