import type { ConfigNode, DefaultsStep } from '../node.ts'
import { isMissing as isMissingNode } from '../omegaconf/index.ts'
import type { Problem } from '../problems.ts'
import type { LoadedConfig } from '../sources/loaded-config.ts'
import { isDeleted, noteChoice } from './choices.ts'
import { elementProblem, fileProblem, notFoundProblem } from './default-problems.ts'
import {
  configElement,
  configPathOf,
  elementOf,
  finalPackage,
  groupPath,
  isInterpolated,
  isMissing,
  isSelf,
  nameOf,
  overrideKey,
  ownPackage,
  setPackageHeader,
  setParent,
  type TreeElement,
} from './element.ts'
import { resolveElement } from './interpolated-default.ts'
import {
  leavesRoot,
  mandatoryProblem,
  misplacedOverride,
  missingSelf,
  multipleValues,
  outsideWarning,
  subtreeOverride,
} from './list-problems.ts'
import { TreeLimits } from './tree-limits.ts'
import { isTreeNode, type TreeContext, type TreeNode } from './tree-node.ts'

/** Builds the tree of `hydra/config` and the primary config (`undefined`: none) under a virtual root. */
export function buildDefaultsTree(configName: string | undefined, context: TreeContext): TreeNode {
  const root: TreeNode = {}
  const primary = configName ?? '_dummy_empty_config_'
  const elements = [
    configElement('hydra/config', { text: 'hydra/config', config: 'hydra/config' }),
    configElement(primary, { text: primary, config: primary }, { primary: true }),
  ]
  const builder = new TreeBuilder(context)
  // the last is looked at first, so that overrides in the primary config reach Hydra's own choices
  root.children = elements
    .reverse()
    .map(element => builder.child(element, root, { interpolated: false }))
    .reverse()
  return root
}

interface Where {
  /** Below an entry whose option was an interpolation: overrides come too late there. */
  readonly interpolated: boolean
}

class TreeBuilder {
  /** What is wrong with a file is told once, however many entries bring it in. */
  private readonly told = new Set<Problem>()
  private readonly context: TreeContext
  private readonly limits: TreeLimits

  constructor(context: TreeContext) {
    this.context = context
    this.limits = new TreeLimits(context)
  }

  /** The element, or a node when it brings others in. */
  child(element: TreeElement, parent: TreeNode, where: Where): TreeNode | TreeElement {
    const node: TreeNode = { element, parent }
    this.expand(node, element, where)
    return node.children ? node : element
  }

  private expand(node: TreeNode, element: TreeElement, where: Where): void {
    const { repository, choices, rules, skipMissing, report } = this.context
    const path = () => configPathOf(element)
    if (element.primary && !repository.configExists(path())) {
      element.deleted = true
      report(notFoundProblem(element, undefined, repository))
      return
    }
    if (!isMissing(element)) {
      const header = repository.load(path())
      setPackageHeader(element, header?.packageHeader ?? null, rules)
      // Hydra has read the file by now, even if the entry is deleted
      for (const problem of header?.config.problems ?? []) this.tell(problem, element)
    }

    const deletion = isDeleted(choices, element, rules)
    if (deletion) {
      element.deleted = true
      deletion.used = true
      return
    }
    if (element.kind === 'group') {
      const { clash, key } = noteChoice(choices, element, rules)
      if (clash !== undefined) report(multipleValues(element, key, clash))
    }
    if (nameOf(element) === null) return
    if (path().endsWith('???')) {
      if (!skipMissing) report(mandatoryProblem(element, this.context))
      return
    }
    const found = repository.load(path())
    if (!found) {
      element.deleted = true
      if (!element.optional)
        report(notFoundProblem(element, node.parent?.element ? configPathOf(node.parent.element) : undefined, repository))
      return
    }
    const { chosenBy } = element
    const step: DefaultsStep = { ...(chosenBy ? { ...chosenBy, instead: element.step } : element.step), config: path() }
    Object.assign(element, { step })
    if (leavesRoot(path())) report(outsideWarning(element))
    if (this.limits.exceeded(node, element)) return
    this.expandList(node, element, found.config, step, where)
  }

  private tell(problem: Problem, element: TreeElement): void {
    if (this.told.has(problem)) return
    this.told.add(problem)
    this.context.report(fileProblem(problem, element))
  }

  private expandList(node: TreeNode, element: TreeElement, config: LoadedConfig, step: DefaultsStep, where: Where): void {
    const { choices, report } = this.context
    const elements = config.defaults.entries.map(entry => elementOf(entry, step))
    let selfAdded = false
    if (elements.length > 0 || (element.primary && choices.appended.length > 0)) selfAdded = this.placeSelf(element, elements, config, step)
    if (element.primary) elements.push(...choices.appended.map(entry => elementOf(entry, undefined)))
    this.registerOverrides(element, elements, where)

    const children: (TreeNode | TreeElement)[] = []
    const parentGroup = groupPath(element)
    const parentPackage = finalPackage(element, this.context.rules)
    for (const one of [...elements].reverse()) {
      if (isSelf(one)) {
        setParent(one, element.parentGroup, ownPackage(element) ?? '')
        children.push(one)
        continue
      }
      if (one.override) continue
      setParent(one, parentGroup, parentPackage)
      this.applyChoice(one)
      if (one.kind === 'group' && Array.isArray(one.value)) {
        for (const [i, option] of [...one.value.entries()].reverse()) {
          const wrong = one.wrongItems?.[i]
          if (wrong !== undefined) {
            report(elementProblem('override/group-value', wrong, one, { hint: 'options are texts' }))
            continue
          }
          if (option.includes('${')) {
            const message = `In '${configPathOf(element)}': Defaults List interpolation is not supported in options list items`
            report(elementProblem('defaults/interpolation', message, one))
            continue
          }
          const item = configElement(`${one.group}/${option}`, one.chosenBy ?? one.step, {
            optional: one.optional,
            ...(one.package === undefined ? {} : { package: one.package }),
          })
          setParent(item, parentGroup, parentPackage)
          children.push(this.child(item, node, where))
        }
      } else if (isInterpolated(one)) children.push(one)
      else children.push(this.child(one, node, where))
    }
    this.resolveInterpolated(node, children, elements, { selfAdded, parentGroup, parentPackage })
    if (children.length > 0) node.children = children.reverse()
  }

  /** Adds `_self_` at the end of a list without it, except where a list holds nothing but overrides. Tells whether it did. */
  private placeSelf(element: TreeElement, elements: TreeElement[], config: LoadedConfig, step: DefaultsStep): boolean {
    const selves = elements.filter(isSelf)
    if (selves.length > 1) {
      this.context.report(elementProblem('defaults/duplicate-self', `Duplicate _self_ defined in ${configPathOf(element)}`, selves[1]))
      elements.splice(elements.indexOf(selves[1]), 1)
    }
    const hasOthers = elements.some(one => !one.override)
    if (element.primary && selves.length === 0 && hasOthers && hasContent(config.node)) this.context.report(missingSelf(element, config))
    if ((selves.length === 0 && hasOthers) || elements.length === 0) elements.push(configElement('_self_', step))
    return selves.length === 0
  }

  private registerOverrides(element: TreeElement, elements: readonly TreeElement[], where: Where): void {
    const { choices, rules, report, legacyHydraOverride } = this.context
    const parentGroup = groupPath(element)
    const parentPackage = finalPackage(element, rules)
    let last: TreeElement | undefined
    let seen = false
    for (const one of elements) {
      if (isSelf(one)) continue
      setParent(one, parentGroup, parentPackage)
      const legacy = legacyHydraOverride && one.kind === 'group' && !one.override && one.group.startsWith('hydra/')
      if (seen && last && !one.override && !one.external && !legacy)
        report(misplacedOverride(element, { override: last, element: one, all: elements }, rules))
      if (legacy) one.override = true
      if (!one.override) continue
      if (!legacy) seen = true
      last = one
      if (where.interpolated) {
        report(subtreeOverride(element, one, rules))
        continue
      }
      const key = overrideKey(one, rules)
      if (!choices.byKey.has(key)) {
        choices.byKey.set(key, { value: one.value, external: false, container: configPathOf(element), step: one.step, used: false })
      }
    }
  }

  private applyChoice(element: TreeElement): void {
    if (element.kind !== 'group') return
    const choice = this.context.choices.byKey.get(overrideKey(element, this.context.rules))
    if (!choice) return
    element.value = choice.value
    element.wrongItems = choice.wrongItems
    element.chosenBy = choice.step
    choice.used = true
  }

  /** Entries whose option depends on other choices come last, when all of their siblings are known. */
  private resolveInterpolated(
    node: TreeNode,
    children: (TreeNode | TreeElement)[],
    elements: readonly TreeElement[],
    { selfAdded, parentGroup, parentPackage }: { selfAdded: boolean; parentGroup: string; parentPackage: string },
  ): void {
    if (!children.some(child => !isTreeNode(child) && isInterpolated(child))) return
    const siblings = elements.filter(one => !(selfAdded && isSelf(one)))
    const before = new Map(this.context.choices.known)
    for (const [i, child] of children.entries()) {
      if (isTreeNode(child) || !isInterpolated(child)) continue
      if (!resolveElement(child, { known: before, siblings, resolve: this.context.resolve }, this.context)) {
        child.deleted = true
        continue
      }
      setParent(child, parentGroup, parentPackage)
      children[i] = this.child(child, node, { interpolated: true })
    }
  }
}

/** Whether a config says anything besides its defaults list. */
function hasContent(node: ConfigNode): boolean {
  return node.kind === 'map' && [...node.entries.values()].some(({ node: value }) => !isMissingNode(value))
}
