// Cuts records of a CSV file into cells and reads columns of numbers: AssemblyScript with SIMD, built by scripts/wasm.mjs.
// What is not plain stops it, and the scanner and parser in TypeScript beside it take over; a test compares both.

export { readColumn, seenKinds } from './cells/numbers'
export { cut, isCutOff, moreLinesOf, restOf } from './cells/records'
