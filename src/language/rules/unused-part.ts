import { unusedParts } from '../../targets/index.ts'
import type { Rule } from './rule.ts'

/** A transformer or model that no role reads. Where Python runs the configs, its code may. */
export const unusedPart: Rule = {
  name: 'unused part',
  judge: ({ model, context, config }) => (model.app(context.root).usesHydra ? [] : unusedParts(config.task)),
}
