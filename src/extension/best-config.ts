import type { RunResult } from '../run/events.ts'
import type { ParamChoice } from '../study/contract.ts'

/** A line of a composed config that some place set. */
export interface SetLine {
  /** 0-based. */
  readonly line: number
  readonly path?: string
  /** 1-based line in `path`. */
  readonly at?: number
}

export interface ParamSetting {
  readonly key: string
  readonly value: ParamChoice
  /** Stays a float in YAML: `1.0`. */
  readonly float: boolean
}

/** Dotted key of each line of block YAML as we write it; lines of lists belong to the key above them. */
export function lineKeys(text: string): string[] {
  const open: { indent: number; key: string }[] = []
  let list = ''
  return text.split('\n').map(line => {
    const match = /^( *)([^\s:#-][^:]*):(?:\s|$)/.exec(line)
    if (!match) return list
    const indent = match[1].length
    while (open.length && open.at(-1)!.indent >= indent) open.pop()
    open.push({ indent, key: match[2].replace(/^['"]|['"]$/g, '') })
    list = open.map(o => o.key).join('.')
    return list
  })
}

/**
 * The config keys that hold the search spaces of a study, with a trial's values.
 * A parameter's space says where it is written; the composed config says which key came from there. A parameter that no key has is left out.
 */
export function paramSettings(
  params: Readonly<Record<string, ParamChoice>>,
  space: NonNullable<RunResult['study']>['space'],
  composed: { readonly text: string; readonly lines: readonly SetLine[] },
): { readonly settings: readonly ParamSetting[]; readonly missing: readonly string[] } {
  const keys = lineKeys(composed.text)
  const settings: ParamSetting[] = []
  const missing: string[] = []
  for (const [name, value] of Object.entries(params)) {
    const entry = space.find(s => s.name === name)
    const set = composed.lines.find(l => l.path !== undefined && l.path === entry?.path && l.at === entry?.line)
    const named = [...new Set(keys.filter(key => key === name || key.endsWith(`.${name}`)))]
    const key = set ? keys[set.line] : named.length === 1 ? named[0] : undefined
    const float = (entry?.distribution as { name?: string } | undefined)?.name === 'FloatDistribution'
    if (key) settings.push({ key, value, float })
    else missing.push(name)
  }
  return { settings, missing }
}

/** `models.type.n_estimators=140`, as Hydra's override grammar reads it back. */
export const settingOverride = (setting: ParamSetting): string => `${setting.key}=${valueText(setting)}`

function valueText({ value, float }: ParamSetting): string {
  if (typeof value === 'number') return float && Number.isInteger(value) ? `${value}.0` : String(value)
  if (typeof value !== 'string') return String(value)
  return /^[A-Za-z_][\w./-]*$/.test(value) && !/^(true|false|null|none|nan|inf|yes|no|on|off)$/i.test(value)
    ? value
    : `'${value.replaceAll("'", "\\'")}'`
}

/** An experiment config: the run's choices and the trial's values over them. */
export function experimentConfig(
  { overrides, choices }: Pick<RunResult, 'overrides' | 'choices'>,
  settings: readonly ParamSetting[],
  comment: string,
): string {
  const groups: string[] = []
  const values: { path: string[]; text: string }[] = []
  for (const override of overrides) {
    const [, sign, key, text] = /^(\+{0,2})([^=]+)=(.*)$/.exec(override) ?? []
    if (key === undefined) continue
    // A `+` added the group to the defaults list; without one the list has it already.
    if (key in choices) groups.push(`  - ${sign ? '' : 'override '}/${key}: ${text}`)
    else values.push({ path: key.split('.'), text })
  }
  const own = settings.map(setting => ({ path: setting.key.split('.'), text: valueText(setting) }))
  const defaults = groups.length ? ['defaults:', ...groups, '  - _self_', ''] : []
  return ['# @package _global_', `# ${comment}`, ...defaults, ...nested([...values, ...own]), ''].join('\n')
}

/** Dotted keys as block YAML; later ones win. */
function nested(entries: readonly { readonly path: readonly string[]; readonly text: string }[], indent = ''): string[] {
  const heads = [...new Set(entries.map(e => e.path[0]))]
  return heads.flatMap(head => {
    const mine = entries.filter(e => e.path[0] === head)
    const last = mine.at(-1)!
    if (last.path.length === 1) return [`${indent}${head}: ${last.text}`]
    const deeper = mine.filter(e => e.path.length > 1).map(e => ({ path: e.path.slice(1), text: e.text }))
    return [`${indent}${head}:`, ...nested(deeper, `${indent}  `)]
  })
}
