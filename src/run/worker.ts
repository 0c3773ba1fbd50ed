import { growTask, isGrowTask } from '../learn/ensemble/forest-workers.ts'
import { answerAsWorker } from '../platform/worker-thread.ts'
import { isMlTraining, trainMl } from '../targets/ml/train-ml.ts'

/** What a worker thread does: trains where it can be killed what cannot be interrupted, and grows trees beside other workers. */
export const answerTask = (): Promise<void> =>
  answerAsWorker(async (input, send) => {
    if (isMlTraining(input)) return trainMl(input)
    if (isGrowTask(input)) return growTask(input, send)
    throw new Error('The worker was asked for something it does not know.')
  })
