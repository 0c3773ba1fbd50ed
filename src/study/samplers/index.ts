export type { Profile } from './profile.ts'
export { RandomSampler, type RandomSamplerOptions } from './random.ts'
export { defaultGamma, defaultWeights, hyperoptGamma, multiObjectiveGamma } from './tpe/gamma-and-weights.ts'
export { TIE_SENSITIVE, TPESampler, type TPESamplerOptions } from './tpe/tpe-sampler.ts'
