import { answerAsWorker } from '../platform/worker-thread.ts'
import { isMlTraining, trainMl } from '../targets/ml/train-ml.ts'

/** Entry of the worker bundle: trains what cannot be interrupted where it can be killed. */
await answerAsWorker(async input => {
  if (isMlTraining(input)) return trainMl(input)
  throw new Error('The worker was asked for something it does not know.')
})
