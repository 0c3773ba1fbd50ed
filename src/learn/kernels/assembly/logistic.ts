// Losses of logistic regression with their gradients and second derivatives: AssemblyScript with SIMD, built by scripts/wasm.mjs.
// The plain twins are in ../../linear/logistic-loss.ts; a test compares them. All pointers are byte offsets that ../logistic-kernel.ts lays out.
//
// Rows are taken in blocks that fit the first cache: raw predictions, pointwise losses and residuals, then what they add to the gradient.
// A block adds up by itself before it is added to the whole, which also loses less to rounding than one long sum.

export { binaryLoss } from './logistic/binary'
export { prepare } from './logistic/exp-log'
export { binaryHessian, multinomialHessian } from './logistic/hessian'
export { multinomialLoss } from './logistic/multinomial'
