import { StudyError } from '../contract.ts'
import { pairwiseSum } from '../numerics/pairwise-sum.ts'
import type { RandomState } from '../numerics/random-state.ts'

/** One parameter of a path through a search space: its possible values and the one that was taken. */
export interface PathStep {
  readonly name: string
  readonly candidates: readonly number[]
  readonly value: number
}

/** Which values of a finite search space have been visited: each level is a parameter, each branch one of its values. */
export class ValueTree {
  #name: string | null = null
  #candidates: readonly number[] = []
  #children: Map<number, ValueTree> | undefined
  isRunning = false

  /** Makes this node a choice between `candidates`. */
  expand(name: string | null, candidates: readonly number[]): void {
    if (this.#children === undefined) {
      this.#name = name
      this.#candidates = candidates
      this.#children = new Map(candidates.map(value => [value, new ValueTree()]))
      return
    }
    const refuse = (message: string) => {
      throw new StudyError('study/changed-space', 'ValueError', message, { parameter: name ?? undefined })
    }
    const text = (value: string | null) => value ?? 'None'
    if (this.#name !== name) refuse(`param_name mismatch: ${text(this.#name)} != ${text(name)}`)
    const same = candidates.length === this.#candidates.length && candidates.every((value, i) => value === this.#candidates[i])
    if (!same) refuse(`search_space mismatch in ${text(name)}: [${this.#candidates.join(', ')}] != (${candidates.join(', ')})`)
  }

  setLeaf(): void {
    this.expand(null, [])
  }

  /** The node at the end of a trial's path; undefined when the path leaves the tree. */
  addPath(path: readonly PathStep[]): ValueTree | undefined {
    let node: ValueTree | undefined = this
    for (const { name, candidates, value } of path) {
      node.expand(name, candidates)
      node = node.#children!.get(value)
      if (node === undefined) return undefined
    }
    return node
  }

  /** Unvisited ends below this node. */
  countOpen(excludeRunning: boolean): number {
    if (this.#children === undefined) return excludeRunning && this.isRunning ? 0 : 1
    let count = 0
    for (const child of this.#children.values()) count += child.countOpen(excludeRunning)
    return count
  }

  hasOpen(excludeRunning: boolean): boolean {
    if (this.#children === undefined) return !excludeRunning || !this.isRunning
    for (const child of this.#children.values()) if (child.hasOpen(excludeRunning)) return true
    return false
  }

  /** A value, likelier the more unvisited ends it has; half of the weight is spread evenly. */
  sampleChild(random: RandomState, excludeRunning: boolean): number {
    const children = [...this.#children!.values()]
    const open = Float64Array.from(children, child => child.countOpen(excludeRunning))
    const total = pairwiseSum(open)
    const flat = open.map(count => (count > 0 ? 1 : 0))
    const kinds = pairwiseSum(flat)
    const weights = open.map((count, i) => 0.5 * (count / total) + 0.5 * (flat[i] / kinds))
    if (children.some((child, i) => !child.isRunning && weights[i] > 0)) {
      for (const [i, child] of children.entries()) if (child.isRunning) weights[i] = 0
    }
    const sum = pairwiseSum(weights)
    for (let i = 0; i < weights.length; i++) weights[i] /= sum
    return [...this.#children!.keys()][random.choice(weights, weights.length, 1)[0]]
  }
}
