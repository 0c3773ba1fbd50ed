import type { ResolveContext } from '../omegaconf/index.ts'
import type { Problem } from '../problems.ts'
import type { ConfigRepository } from '../sources/repository.ts'
import type { Choices } from './choices.ts'
import type { PackageRules, TreeElement } from './element.ts'

/** A config with what its defaults list brings in; without children it is a leaf. The root is virtual: its `element` is absent. */
export interface TreeNode {
  readonly element?: TreeElement
  children?: (TreeNode | TreeElement)[]
  readonly parent?: TreeNode
}

export const isTreeNode = (child: TreeNode | TreeElement): child is TreeNode => !('kind' in child)

export interface TreeContext {
  readonly repository: ConfigRepository
  readonly choices: Choices
  readonly rules: PackageRules
  /** `- group: ???` is left out instead of refused (the master config of a multirun). */
  readonly skipMissing: boolean
  /** Before version_base 1.2 `hydra/…` entries override without the keyword. */
  readonly legacyHydraOverride: boolean
  /** For interpolations in options. */
  readonly resolve: ResolveContext
  readonly report: (problem: Problem) => void
}
