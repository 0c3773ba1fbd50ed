import type { ComposeRequest, ConfigCache, ResultDefault } from '../compose-contract.ts'
import type { ConfigFiles } from '../config-files.ts'
import { duplicates, listOfTree } from '../defaults/defaults-list.ts'
import { configPathOf, nameOf, overrideKey, type PackageRules, type TreeElement } from '../defaults/element.ts'
import { unusedDeletions, unusedOverrides } from '../defaults/list-problems.ts'
import { isTreeNode, type TreeNode } from '../defaults/tree-node.ts'
import type { Problem } from '../problems.ts'
import { planComposition } from './compose.ts'
import { createConfigCache } from './config-cache.ts'

/** An entry of the defaults tree as `--info defaults-tree` names it: `db: mysql`, `config`, `_self_`. */
export interface DefaultsBranch {
  readonly label: string
  readonly children: readonly DefaultsBranch[]
}

/** The defaults of a composition without their contents: values on the command line are not looked at. */
export interface DefaultsInfo {
  readonly tree: DefaultsBranch
  /** In the order in which they are merged. */
  readonly rows: readonly ResultDefault[]
  readonly problems: readonly Problem[]
}

/** Hydra's `compute_defaults_list`. */
export function defaultsInfo(files: ConfigFiles, request: ComposeRequest, cache: ConfigCache = createConfigCache()): DefaultsInfo {
  const { context, tree, repository, problems } = planComposition(files, request, cache)
  const rows = listOfTree(tree, context)
  const own = problems.filter(({ code }) => !ofValues.has(code))
  const list = [...duplicates(rows, context.choices.clashes)]
  if (![...own, ...list].some(({ severity }) => severity === 'error'))
    list.push(...unusedOverrides(context.choices, repository), ...unusedDeletions(context.choices))
  return { tree: branchOf(tree, context.rules), rows: rows.map(({ row }) => row), problems: [...own, ...list] }
}

/** What is only wrong when a job is run. */
const ofValues = new Set(['override/ambiguous', 'override/sweep-needs-multirun'])

function branchOf(node: TreeNode | TreeElement, rules: PackageRules): DefaultsBranch {
  if (!isTreeNode(node)) return { label: labelOf(node, rules), children: [] }
  const label = node.element ? labelOf(node.element, rules) : '<root>'
  return { label, children: (node.children ?? []).map(child => branchOf(child, rules)) }
}

const labelOf = (element: TreeElement, rules: PackageRules): string =>
  element.kind === 'group' ? `${overrideKey(element, rules)}: ${nameOf(element) ?? 'null'}` : configPathOf(element)
