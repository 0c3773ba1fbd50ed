import { isBlocked } from '../blocked-targets.ts'
import type { ProjectModules, TargetContext, TargetSpec } from '../contract.ts'
import { resolveTarget } from '../resolve-target.ts'

/** What `_target_` may name beside the built-in targets: functions and classes by dotted name, or modules that hold them. */
export type Targets = Readonly<Record<string, unknown>>

/** What a name leads to. */
export type Located =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'project'; readonly module: string; readonly name: string }
  | { readonly kind: 'spec'; readonly spec: TargetSpec }
  | { readonly kind: 'blocked' }
  | { readonly kind: 'nothing'; readonly hint?: string }

/** The caller's own targets come first, then the project's module, then what is built in. */
export function locateTarget(name: string, targets: Targets | undefined, { modules }: TargetContext): Located {
  if (isBlocked(name)) return { kind: 'blocked' }
  const own = targets && memberAt(targets, name)
  if (own) return { kind: 'value', value: own.value }
  const found = resolveTarget(name, modules as ProjectModules | undefined)
  if (found.kind === 'spec' || found.kind === 'project') return found
  const near = 'nearest' in found ? found.nearest : []
  return { kind: 'nothing', ...(near.length > 0 ? { hint: `Did you mean ${near.join(' or ')}?` } : {}) }
}

/** `a.b.c` as a key of its own, or step by step through modules and objects. */
function memberAt(targets: Targets, name: string): { readonly value: unknown } | undefined {
  if (Object.hasOwn(targets, name)) return { value: targets[name] }
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    const module = name.slice(0, dot)
    if (!Object.hasOwn(targets, module)) continue
    let value: unknown = targets[module]
    for (const part of name.slice(dot + 1).split('.')) {
      if ((typeof value !== 'object' && typeof value !== 'function') || value === null || !Object.hasOwn(value, part)) return undefined
      value = (value as Record<string, unknown>)[part]
    }
    return { value }
  }
  return undefined
}
