import type { RandomState } from '../../numerics/random-state.ts'
import { type EitherSpelling, snakeOptions } from '../../options.ts'
import { checkOption } from '../../pruners/check-option.ts'

/** What SBX and vSBX have in common: two children of two parents, of which a mixture becomes the child. */
export interface TwoChildrenOptions {
  /** Distribution index: small values allow children far from their parents. Undefined: 2 for one objective, 20 for several. */
  readonly eta?: number | null
  readonly uniform_crossover_prob?: number
  readonly use_child_gene_prob?: number
}

export function twoChildrenOptions(owner: string, options: EitherSpelling<TwoChildrenOptions>): TwoChildrenOptions {
  const given = snakeOptions<TwoChildrenOptions>(owner, options, ['eta', 'uniform_crossover_prob', 'use_child_gene_prob'])
  const { eta, uniform_crossover_prob = 0.5, use_child_gene_prob = 0.5 } = given
  checkOption(eta == null || eta >= 0, 'The value of `eta` must be greater than or equal to 0.0.')
  checkOption(
    uniform_crossover_prob >= 0 && uniform_crossover_prob <= 1,
    'The value of `uniform_crossover_prob` must be in the range [0.0, 1.0].',
  )
  checkOption(use_child_gene_prob > 0 && use_child_gene_prob <= 1, 'The value of `use_child_gene_prob` must be in the range (0.0, 1.0].')
  return given
}

/** Per parameter the children's values or the parents', as they are or exchanged; one of the two that come about. */
export function mixedChild(
  children: readonly (readonly number[])[],
  parents: readonly (readonly number[])[],
  { uniform_crossover_prob = 0.5, use_child_gene_prob = 0.5 }: TwoChildrenOptions,
  random: RandomState,
): number[] {
  const first: number[] = []
  const second: number[] = []
  for (let i = 0; i < parents[0].length; i++) {
    const [a, b] = random.random() < use_child_gene_prob ? children : parents
    const asTheyAre = random.random() >= uniform_crossover_prob
    first.push(asTheyAre ? a[i] : b[i])
    second.push(asTheyAre ? b[i] : a[i])
  }
  return random.random() < 0.5 ? first : second
}
