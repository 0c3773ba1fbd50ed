// TPE's mixture of product kernels: AssemblyScript with SIMD, built by scripts/wasm.mjs. The plain twins are in ../../samplers/tpe/ (parzen-estimator.ts,
// numeric-kernels.ts, discrete-log-pdf.ts, categorical-kernels.ts); a test compares them to the bit. All pointers are byte offsets that
// ../parzen-kernel.ts lays out; what is said there about a parameter's 64 bytes is read here.

export { fitAll, fitWeights, widen } from './fit'
export { logPdf } from './mixture'
export { sample } from './sample'
