// Boosting on binned columns. The plain twins are in ../../ensemble/histogram/; a test compares them.

import { layExponential } from './exponential'
import { layHistogram } from './histogram/layout'
import { layLogarithm } from './logarithm'

export { binNumbers, sortNumbers } from './histogram/bins'
export { bestCut } from './histogram/cuts'
export { derive, losses } from './histogram/derivatives'
export { addRows, areMissing } from './histogram/predict'
export { addValue, divide, takeRows } from './histogram/rows'
export { addUp, subtract } from './histogram/sums'

export function setUp(at: usize, logarithms: usize, powers: usize): void {
  layHistogram(at)
  layLogarithm(logarithms)
  layExponential(powers)
}
