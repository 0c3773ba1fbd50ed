import type { ResultDefault } from '../compose-contract.ts'
import type { Problem } from '../problems.ts'
import { elementProblem } from './default-problems.ts'
import { configPathOf, finalPackage, isMissing, isSelf, nameOf, overrideKey, type PackageRules, type TreeElement } from './element.ts'
import { withoutPlus } from './list-fixes.ts'
import { isTreeNode, type TreeContext, type TreeNode } from './tree-node.ts'

/** A row of the final list with the element that it comes from. */
export interface ListRow {
  readonly row: ResultDefault
  readonly element: TreeElement
}

/** The configs of the tree in the order in which they are merged. */
export function listOfTree(root: TreeNode, { rules }: Pick<TreeContext, 'rules'>): ListRow[] {
  const rows: ListRow[] = []
  const visit = (child: TreeNode | TreeElement, parent: TreeNode) => {
    if (isTreeNode(child)) for (const inner of child.children ?? []) visit(inner, child)
    else {
      const row = rowOf(child, parent, rules)
      if (row) rows.push(row)
    }
  }
  for (const child of root.children ?? []) visit(child, root)
  return rows
}

function rowOf(element: TreeElement, parent: TreeNode, rules: PackageRules): ListRow | undefined {
  if (element.deleted || isMissing(element) || nameOf(element) === null) return undefined
  const owner = isSelf(element) ? parent.element! : element
  const holder = isSelf(element) ? parent.parent : parent
  const configPath = configPathOf(owner)
  if (configPath === '_dummy_empty_config_') return undefined
  return {
    element: owner,
    row: {
      configPath,
      parent: holder ? (holder.element ? configPathOf(holder.element) : '<root>') : null,
      package: finalPackage(owner, rules),
      isSelf: isSelf(element),
      primary: owner.primary,
      overrideKey: !isSelf(element) && element.kind === 'group' ? overrideKey(element, rules) : null,
      step: owner.step,
    },
  }
}

/** The same entry twice. `told`: keys of which that is said already. */
export function* duplicates(rows: readonly ListRow[], told: ReadonlySet<string>): Generator<Problem> {
  const seen = new Set<string>()
  for (const { row, element } of rows) {
    if (row.isSelf || row.overrideKey === null) continue
    if (seen.has(row.overrideKey) && !told.has(row.overrideKey)) {
      const fixes = withoutPlus(element.step.span)
      yield elementProblem('defaults/duplicate', `${row.overrideKey} appears more than once in the final defaults list`, element, {
        hint: `take one of the two entries out, or give it a package of its own (${row.overrideKey}@name)`,
        ...(fixes.length > 0 ? { fixes } : {}),
      })
    }
    seen.add(row.overrideKey)
  }
}
