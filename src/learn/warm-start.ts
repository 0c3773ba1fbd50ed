import { LearnError, type Params } from './contract.ts'

/**
 * A first fit with `warm_start` is like any other; a second one would go on from it.
 *
 * @throws LearnError when a fitted model is asked to go on
 */
export function refuseGoingOn(model: { readonly name: string }, params: Params, isFitted: boolean): void {
  if (params.warm_start !== true || !isFitted) return
  throw new LearnError(
    'learn/not-built-in',
    'NotImplementedError',
    `A second fit with warm_start of ${model.name} is known but not built in.`,
    {
      parameter: 'warm_start',
      hint: 'Make a new model and fit it anew, with as many trees or iterations as both fits together.',
    },
  )
}
