import { type ConfigNode, child, nodeFromPlain } from '../config/index.ts'
import { bestConfig, jobOf } from '../run/best-config.ts'
import { chosenTrial, type NamedStudy } from './named-study.ts'
import { composeRequest, type Workplace } from './workplace.ts'

/**
 * Overrides that, after the study's own, train one of its trials without a study: each part's search space gives way to the steps of the trial.
 * Hydra would merge a map into a map, so the old one is deleted first.
 *
 * @throws ProblemError when the run has no such trial
 */
export function bestOverrides(place: Workplace, study: NamedStudy, { number }: { readonly number?: number }): readonly string[] {
  // A storage knows no config: its parameters are what the program that wrote it calls them.
  if (!study.run) return [...chosenTrial(study, number).params].map(([name, value]) => `${name}=${overrideValue(nodeFromPlain(value))}`)
  if (study.run.result.kind === 'sweep') return jobOf(study.run.result, chosenTrial(study, number)).overrides
  const compose = composeRequest({ overrides: [], multirun: false, resolve: false, has: () => false }, place)
  const { node } = bestConfig(place.platform, study.run, { group: '', compose, ...(number === undefined ? {} : { number }) })
  return [...node.entries.keys()].flatMap(part => {
    const type = child(child(node, part), 'type')
    return type ? [`~${part}.type`, `+${part}.type=${overrideValue(type)}`] : []
  })
}

/** A value in Hydra's override grammar. */
export function overrideValue(node: ConfigNode): string {
  if (node.kind === 'map') return `{${[...node.entries].map(([key, entry]) => `${key}:${overrideValue(entry.node)}`).join(',')}}`
  if (node.kind === 'list') return `[${node.items.map(overrideValue).join(',')}]`
  const { value, type } = node as { value: unknown; type: string }
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'string' && type === 'str') return quoted(value)
  if (type === 'float' && Number.isInteger(value)) return `${value}.0`
  return String(value)
}

/** Bare where the grammar reads it back as the same text. */
const quoted = (text: string): string =>
  /^[A-Za-z_][\w./-]*$/.test(text) && !/^(true|false|null|nan|inf)$/i.test(text)
    ? text
    : `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
