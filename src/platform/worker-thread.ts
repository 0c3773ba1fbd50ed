import { parentPort, workerData } from 'node:worker_threads'
import type { WorkerReply } from './node-worker.ts'

/** Sends a message; buffers of it may move to the other thread instead of being copied. */
type Send = (message: unknown, moved?: readonly ArrayBuffer[]) => void

/** The other side of `WorkerPort.run` on node: answers the input that this thread was started with, and those that follow where it stays. */
export async function answerAsWorker(work: (input: unknown, send: Send) => Promise<unknown>): Promise<void> {
  const post = (reply: WorkerReply, moved?: readonly ArrayBuffer[]) => parentPort?.postMessage(reply, moved)
  const answer = async (input: unknown) => {
    try {
      post({ type: 'result', output: await work(input, (message, moved) => post({ type: 'message', message }, moved)) })
    } catch (error) {
      post({ type: 'error', error })
    }
  }
  await answer(workerData)
  // Whoever does not let it stay has ended this thread by now, or will.
  parentPort?.on('message', answer)
}
