import type { Pruner } from '../contract.ts'

/** Never prunes. */
export class NopPruner implements Pruner {
  readonly name = 'NopPruner'

  prune(): boolean {
    return false
  }
}
