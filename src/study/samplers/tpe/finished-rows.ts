import type { Distribution, FrozenTrial, ParamChoice, Storage } from '../../contract.ts'
import { toInternal } from '../../distributions.ts'

type Space = ReadonlyMap<string, Distribution>

/** Finished trials do not change: their internal values are looked up once. */
export class FinishedRows {
  readonly #storage: Storage
  readonly #space: readonly Distribution[]
  /** By trial id; null for a trial that lacks a parameter. */
  readonly known: (Float64Array | null | undefined)[] = []

  constructor(storage: Storage, space: Space) {
    this.#storage = storage
    this.#space = [...space.values()]
  }

  /** Whether these are rows of this storage and of choices in this order. */
  isOf(storage: Storage, space: Space): boolean {
    let i = 0
    for (const distribution of space.values()) {
      const own = this.#space[i++]
      // The bounds of numbers may move.
      if (distribution !== own && (own.name === 'CategoricalDistribution' || distribution.name !== own.name)) return false
    }
    return storage === this.#storage
  }

  /** Of a finished trial that is not known yet. */
  look(trial: FrozenTrial, space: Space): Float64Array | null {
    const row = internalRow(trial.params, space) ?? null
    this.known[trial.trialId] = row
    return row
  }
}

/** Internal values in the space's order; undefined when one is missing. */
export function internalRow(params: ReadonlyMap<string, ParamChoice>, space: Space): Float64Array | undefined {
  const row = new Float64Array(space.size)
  let i = 0
  for (const [name, distribution] of space) {
    const value = params.get(name)
    if (value === undefined) return undefined
    row[i++] = typeof value === 'number' && distribution.name !== 'CategoricalDistribution' ? value : toInternal(distribution, value)
  }
  return row
}
