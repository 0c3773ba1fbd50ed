import type { ConfRoot } from './conf-roots.ts'
import { fileOf, groupsOf, placeOf } from './conf-tree.ts'
import { contextsOf, groupsInDefaults, isPartner } from './contexts.ts'
import type { GroupChoice, RunChoices } from './contract.ts'
import { describeOption } from './option-description.ts'
import { relativeTo } from './paths.ts'
import type { WorkspaceModel } from './workspace-model.ts'

/**
 * What Run with Config… asks for a config file, a group's folder or the conf root: the primary config, what the click already says,
 * and each group that is still open. Undefined outside of conf roots.
 */
export function runChoices(model: WorkspaceModel, path: string): RunChoices | undefined {
  const root = model.rootOf(path)
  if (!root) return undefined
  const place = placeOf(root, path)
  const configName = place?.group === '' ? place.config : root.primaries[0]
  const implied = place && place.group !== '' ? impliedOverride(model, path, place.group) : undefined
  const clicked = place ? undefined : relativeTo(root.path, path)
  const groups = openGroups(model, root, configName, implied ? place?.group : undefined)
  const first = groups.filter(({ group }) => group === clicked)
  return {
    configPath: root.path,
    configName,
    overrides: implied ? [implied] : [],
    groups: [...first, ...groups.filter(({ group }) => group !== clicked)],
  }
}

/** The override by which an option file comes in: `+models=rf`. */
function impliedOverride(model: WorkspaceModel, path: string, group: string): string | undefined {
  const [context] = contextsOf(model, path)
  return context?.overrides.find(override => override.replace(/^\+/, '').split(/[@=]/)[0] === group)
}

function openGroups(model: WorkspaceModel, root: ConfRoot, configName: string, chosen: string | undefined): readonly GroupChoice[] {
  const known = groupsInDefaults(model, root, configName)
  const choices: GroupChoice[] = []
  for (const [group, options] of groupsOf(model, root)) {
    const state = known.get(group)
    if (group === '' || group === chosen || options.length === 0) continue
    // A group within a group belongs to its options; experiments are extra.
    if (state ? !state.mandatory : group.includes('/') || !isPartner(model, root, group)) continue
    choices.push({
      group,
      key: state ? state.key : `+${group}`,
      options: options.map(option => ({ option, ...describeOption(model, root, fileOf(root, `${group}/${option}`)) })),
    })
  }
  return choices
}
