export { NopPruner } from './nop.ts'
export { MedianPruner, PercentilePruner, type PrunerWarmup } from './percentile.ts'
