import { answerAsWorker } from '../platform/worker-thread.ts'
import { isMlTraining, trainMl } from '../targets/ml/train-ml.ts'

/** What a worker thread does: trains where it can be killed what cannot be interrupted. */
export const answerTask = (): Promise<void> =>
  answerAsWorker(async input => {
    if (isMlTraining(input)) return trainMl(input)
    throw new Error('The worker was asked for something it does not know.')
  })
