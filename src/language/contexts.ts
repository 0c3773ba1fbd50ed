import type { ConfRoot } from './conf-roots.ts'
import { fileOf, groupsOf, placeOf } from './conf-tree.ts'
import { defaultsIn } from './defaults-outline.ts'
import { inclusionsOf } from './inclusions.ts'
import type { Choice, WorkspaceModel } from './workspace-model.ts'

/** A composition that brings a file in. */
export interface ComposingContext extends Choice {
  readonly root: ConfRoot
  /** Whether options were chosen that the file does not ask for, so that interpolations to other groups find something. */
  readonly partners: boolean
  /** `config +models=rf` */
  readonly label: string
  /** For an option by itself: the group through which it is chosen, its own or one above it. */
  readonly through?: string
}

/** So many sets of partner options are tried; the k-th takes the k-th option of each open group. */
const mostPartnerSets = 6
/** So many configs that bring a file in are asked. */
const mostIncluders = 8
/** So many primary configs are asked for an option file. */
const mostPrimaries = 3

/**
 * The compositions in which a file is judged. A primary config composes by itself; an option file with each primary config that it can
 * be added to (`+models=rf`, or `models=rf` where the primary has the group already). Groups that must be chosen get their first
 * option. Contexts with partners follow those without.
 */
export function contextsOf(model: WorkspaceModel, path: string): readonly ComposingContext[] {
  const root = model.rootOf(path)
  if (!root) return []
  return model.once(`contexts ${path}`, () => {
    const place = placeOf(root, path)
    if (!place) return []
    const primaries = place.group === '' ? [place.config] : mainPrimaries(model, root)
    const alone = primaries.flatMap(primary =>
      waysTo(place).map(({ group, option }) => ({ ...contextWith(model, root, primary, group, option, undefined), through: group })),
    )
    const sets = primaries.flatMap(primary =>
      waysTo(place).flatMap(({ group, option }) => {
        const single = contextWith(model, root, primary, group, option, undefined)
        // What the file chooses itself needs no partner: a second choice would be a mistake of ours.
        const chosen = new Set([...(model.compose(root, single).config?.choices.keys() ?? [])].map(key => key.split('@')[0]))
        return Array.from({ length: mostPartnerSets }, (_, k) => ({
          ...contextWith(model, root, primary, group, option, k, chosen),
          through: group,
        }))
      }),
    )
    // What comes in through another config is judged there too: it may count on what stands around it.
    const parents = [...new Set(inclusionsOf(model, root, path).map(({ file }) => file))].filter(file => file !== path)
    const through = parents.slice(0, mostIncluders).flatMap(file => {
      const above = placeOf(root, file)
      return above
        ? [contextWith(model, root, above.group === '' ? above.config : root.primaries[0], above.group, above.option, undefined)]
        : []
    })
    const seen = new Set<string>()
    return [...alone, ...through, ...sets].filter(context => {
      const key = context.label
      return !seen.has(key) && Boolean(seen.add(key))
    })
  })
}

/** The primary configs that name most groups in their defaults lists: an app's own, before those that evaluate, resume or test. */
function mainPrimaries(model: WorkspaceModel, root: ConfRoot): readonly string[] {
  return model.once(`main primaries ${root.path}`, () => {
    const groups = (primary: string) => {
      const outline = model.outline(fileOf(root, primary))
      return outline ? defaultsIn(outline).filter(({ group }) => group !== undefined).length : 0
    }
    return root.primaries
      .map(primary => ({ primary, count: groups(primary) }))
      .sort((a, b) => b.count - a.count)
      .slice(0, mostPrimaries)
      .map(({ primary }) => primary)
  })
}

/** An option by its own group, then by each group above it. */
function waysTo({ group, option }: { readonly group: string; readonly option: string }) {
  const ways = [{ group, option }]
  for (let slash = group.lastIndexOf('/'); slash > 0; slash = group.lastIndexOf('/', slash - 1))
    ways.push({ group: group.slice(0, slash), option: `${group.slice(slash + 1)}/${option}` })
  return ways
}

function contextWith(
  model: WorkspaceModel,
  root: ConfRoot,
  primary: string,
  group: string,
  option: string,
  partnerSet: number | undefined,
  chosen: ReadonlySet<string> = new Set(),
): ComposingContext {
  const known = groupsInDefaults(model, root, primary)
  const overrides: string[] = []
  let partners = false
  for (const [other, options] of groupsOf(model, root)) {
    if (other === '' || (options.length === 0 && other !== group)) continue
    const state = known.get(other)
    if (other === group) {
      if (state?.option !== option) overrides.push(`${state ? state.key : `+${other}`}=${option}`)
    } else if (state?.mandatory) {
      overrides.push(`${state.key}=${options[(partnerSet ?? 0) % options.length]}`)
    } else if (partnerSet !== undefined && !state && !chosen.has(other) && !other.includes('/') && isPartner(model, root, other)) {
      partners = true
      overrides.push(`+${other}=${options[partnerSet % options.length]}`)
    }
  }
  return { root, configName: primary, overrides, partners, label: [primary, ...overrides].join(' ') }
}

interface GroupState {
  /** How an override names it: `models`, `models@pkg`. */
  readonly key: string
  readonly option: string | undefined
  readonly mandatory: boolean
}

/** Groups that a primary config names in its own defaults list or, through its options, composes. */
export function groupsInDefaults(model: WorkspaceModel, root: ConfRoot, primary: string): ReadonlyMap<string, GroupState> {
  return model.once(`groups of ${root.path} ${primary}`, () => {
    const groups = new Map<string, GroupState>()
    const outline = model.outline(fileOf(root, primary))
    for (const item of outline ? defaultsIn(outline) : []) {
      if (item.group === undefined || item.keywords.includes('override')) continue
      const option = item.options.length === 1 ? item.options[0].text : undefined
      const key = item.package === undefined ? item.group : `${item.group}@${item.package}`
      groups.set(item.group, { key, option: option === 'null' ? undefined : option, mandatory: option === '???' })
    }
    const composed = model.compose(root, { configName: primary, overrides: [] }).config
    for (const [key, option] of composed?.choices ?? []) {
      const group = key.split('@')[0]
      if (!group.startsWith('hydra/') && !groups.has(group)) groups.set(group, { key, option: option ?? undefined, mandatory: false })
    }
    return groups
  })
}

/** Options that rewrite the whole config (experiments) are no partners for others. */
export function isPartner(model: WorkspaceModel, root: ConfRoot, group: string): boolean {
  if (group === 'hydra') return false
  return model.once(`partner ${root.path} ${group}`, () => {
    const options = groupsOf(model, root).get(group) ?? []
    return !options.some(option =>
      /^\s*#\s*@package\s+_global_\s*$/m.test(model.files.read(fileOf(root, `${group}/${option}`))?.text.slice(0, 512) ?? ''),
    )
  })
}
