import { groupsOf } from '../conf-tree.ts'
import { defaultsIn } from '../defaults-outline.ts'
import { groupOfItem } from '../defaults-targets.ts'
import type { Rule } from './rule.ts'

/** `- models: ???`: a group that every run has to choose. Legal, and worth knowing. */
export const openChoice: Rule = {
  name: 'open choice',
  judge({ model, context: { root }, path }) {
    const outline = model.outline(path)
    return (outline ? defaultsIn(outline) : []).flatMap(item => {
      const [option] = item.options
      if (option?.text !== '???' || item.group === undefined) return []
      const group = groupOfItem(root, path, item)
      const key = item.package === undefined ? group : `${group}@${item.package}`
      const options = groupsOf(model, root).get(group) ?? []
      return [
        {
          code: 'defaults/mandatory-option',
          severity: 'information' as const,
          // Hydra's words.
          message: `You must specify '${key}', e.g, ${key}=<OPTION>\nAvailable options:\n${options.map(one => `\t${one}`).join('\n')}`,
          locations: [{ span: { source: outline!.source, start: option.start, end: option.end } }],
        },
      ]
    })
  },
}
