import { LearnError, type Params } from '../contract.ts'

/** @throws LearnError when a model is asked to go on from its last fit */
export function refuseWarmStart(model: { readonly name: string }, params: Params): void {
  if (params.warm_start !== true) return
  throw new LearnError('learn/not-built-in', 'NotImplementedError', `warm_start of ${model.name} is known but not built in.`, {
    parameter: 'warm_start',
    hint: 'A fit always starts anew here.',
  })
}
