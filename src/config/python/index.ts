export { floatRepr } from './float-repr.ts'
export { intValue, parseFloat64, parseInt10 } from './parse-number.ts'
export { nodeRepr, nodeStr, scalarRepr, scalarStr, strRepr } from './str.ts'
