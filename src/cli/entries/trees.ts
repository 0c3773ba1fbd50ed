import { growTask, isGrowTask } from '../../learn/ensemble/forest-workers.ts'
import { answerAsWorker } from '../../platform/worker-thread.ts'

// A worker thread that grows trees beside the thread of the fit. All it needs and no more: the sooner it is there, the more it helps.
void answerAsWorker(async (input, send) => {
  if (!isGrowTask(input)) throw new Error('The worker was asked for something it does not know.')
  growTask(input, send)
})
