import type { ConfigNode, ListNode, MapEntry, MapNode, Origin, ScalarNode } from '../node.ts'
import { keyId } from '../node.ts'
import { checkInterpolation } from '../omegaconf/interpolation-check.ts'
import type { Location, Problem } from '../problems.ts'
import { strRepr } from '../python/str.ts'
import type { SourceText, Span } from '../source-text.ts'
import { type ConstructedScalar, constructScalar } from './construct-scalar.ts'
import { duplicateKeys } from './duplicate-keys.ts'
import { maxExpandedNodes } from './limits.ts'
import { MergeKeys } from './merge-keys.ts'
import { pathTags, tags } from './tags.ts'
import type { YamlMapping, YamlNode, YamlScalar, YamlSequence } from './yaml-node.ts'

export interface Constructed {
  readonly node: ConfigNode
  readonly problems: readonly Problem[]
}

/** A container whose children are still to be made. */
interface Pending {
  readonly from: YamlSequence | YamlMapping
  readonly items?: ConfigNode[]
  readonly entries?: Map<string, MapEntry>
}

/**
 * Makes config nodes from a YAML tree: values by tag, merge keys, duplicate keys as OmegaConf's loader treats them. Containers are
 * filled level by level, as PyYAML does, so that the first problem is the one that Hydra reports.
 */
export function construct(source: SourceText, root: YamlNode): Constructed {
  return new Constructor(source).run(root)
}

class Constructor {
  private readonly source: SourceText
  private readonly originKind: Origin['kind']
  private readonly problems: Problem[] = []
  /** What OmegaConf finds when it makes a config of the loaded values: after everything else, in the order of the text. */
  private readonly late: { readonly at: number; readonly problem: Problem }[] = []
  private readonly pending: Pending[] = []
  private readonly containers = new Map<YamlNode, ConfigNode>()
  private count = 0
  private readonly merge = new MergeKeys({
    count: pairs => (this.count += pairs) <= maxExpandedNodes,
    wrong: (node, expected, mapping) =>
      this.report('yaml/merge-key', `expected ${expected} for merging, but found ${node.kind}`, node.mark, node.end, {
        text: 'while constructing a mapping',
        at: mapping.mark,
      }),
  })
  private root: YamlNode | undefined

  constructor(source: SourceText) {
    this.source = source
    this.originKind = /^(?:pkg|structured):/.test(source.path) ? 'builtin' : 'file'
  }

  run(root: YamlNode): Constructed {
    this.root = root
    const node = this.node(root, undefined)
    for (let i = 0; i < this.pending.length && this.count <= maxExpandedNodes; i++) this.fill(this.pending[i])
    if (this.count > maxExpandedNodes) {
      const message = `More than ${maxExpandedNodes} values after writing out merge keys and aliases`
      this.report('yaml/limit', message, root.start, root.start)
    }
    const late = this.late.sort((a, b) => a.at - b.at).map(({ problem }) => problem)
    return { node, problems: [...this.problems, ...late] }
  }

  private span(start: number, end: number): Span {
    return { source: this.source, start, end }
  }

  private report(
    code: string,
    message: string,
    start: number,
    end: number,
    context?: { readonly text: string; readonly at: number },
  ): void {
    const locations: Location[] = [{ span: this.span(start, end) }]
    if (context) locations.push({ span: this.span(context.at, context.at), note: context.text })
    this.problems.push({ code, severity: 'error', message: context ? `${context.text}\n${message}` : message, locations })
  }

  private reportLate(code: string, message: string, start: number, end: number): void {
    const problem: Problem = { code, severity: 'error', message, locations: [{ span: this.span(start, end) }] }
    this.late.push({ at: start, problem })
  }

  private node(from: YamlNode, keySpan: Span | undefined): ConfigNode {
    this.count++
    const origin: Origin = { kind: this.originKind, span: this.span(from.start, from.end), ...(keySpan ? { keySpan } : {}) }
    if (from.kind === 'scalar') return this.scalar(from, origin)
    const known = this.containers.get(from)
    if (known) return known.kind === 'scalar' ? known : { ...known, origin: { ...origin, span: known.origin.span } }
    const made = from.kind === 'sequence' ? this.sequence(from, origin) : this.mapping(from, origin)
    this.containers.set(from, made)
    return made
  }

  private scalar(from: YamlScalar, origin: Origin): ConfigNode {
    const { tag, text, mark, start, end } = from
    const made = constructScalar(tag, text)
    if (!made) return this.unknownScalar(from, origin)
    if ('error' in made) {
      this.report('yaml/invalid-value', made.error, made.kind === 'ConstructorError' ? mark : start, end)
      return { kind: 'scalar', type: 'str', value: text, origin }
    }
    if (made.type === 'str' && !this.isRoot(from) && text.includes('${')) this.checkSyntax(text, start, end)
    return { kind: 'scalar', type: made.type, value: made.value, origin }
  }

  /** A root string becomes a key, or is read again. */
  private isRoot(node: YamlNode): boolean {
    return node === this.root
  }

  private checkSyntax(text: string, start: number, end: number): void {
    const error = checkInterpolation(text)
    if (!error) return
    // Offsets inside the value are offsets in the file where the value is written as it is.
    const at = this.source.text.startsWith(text, start) ? start : this.source.text.startsWith(text, start + 1) ? start + 1 : -1
    const place = at < 0 ? this.span(start, end) : this.span(at + error.start, Math.max(at + error.end, at + error.start))
    this.late.push({
      at: start,
      problem: { code: 'interpolation/syntax', severity: 'error', message: error.message, locations: [{ span: place }] },
    })
  }

  private unknownScalar({ tag, text, mark, start, end }: YamlScalar, origin: Origin): ScalarNode {
    if (tag === tags.timestamp) {
      const type = /^\d{4}-\d\d-\d\d$/.test(text) ? 'date' : 'datetime'
      this.reportLate('yaml/unsupported-value', `Value '${type}' is not a supported primitive type`, start, end)
    } else if (pathTags.has(tag) || tag === tags.seq || tag === tags.omap || tag === tags.pairs)
      this.report('yaml/unknown-tag', 'expected a sequence node, but found scalar', mark, end)
    else if (tag === tags.map || tag === tags.set) this.report('yaml/unknown-tag', 'expected a mapping node, but found scalar', mark, end)
    else this.unknownTag(tag, mark, end)
    return { kind: 'scalar', type: 'str', value: text, origin }
  }

  private unknownTag(tag: string, start: number, end: number): void {
    this.report('yaml/unknown-tag', `could not determine a constructor for the tag ${strRepr(tag)}`, start, end)
  }

  private list(from: YamlSequence, origin: Origin): ListNode {
    const items: ConfigNode[] = []
    this.pending.push({ from, items })
    return { kind: 'list', items, origin }
  }

  private sequence(from: YamlSequence, origin: Origin): ConfigNode {
    const { tag, mark, end } = from
    if (pathTags.has(tag)) {
      const text = from.items.map(item => (item.kind === 'scalar' ? item.text : '')).join('/')
      return { kind: 'scalar', type: 'str', value: text, origin }
    }
    if (tag === tags.omap || tag === tags.pairs) return this.pairs(from, origin)
    if (tag === tags.map || tag === tags.set) this.report('yaml/unknown-tag', 'expected a mapping node, but found sequence', mark, end)
    else if (constructScalar(tag, '')) this.report('yaml/unknown-tag', 'expected a scalar node, but found sequence', mark, end)
    else if (tag !== tags.seq) this.unknownTag(tag, mark, end)
    return this.list(from, origin)
  }

  /** `!!omap` and `!!pairs`: a list of pairs, which OmegaConf keeps as lists. */
  private pairs(from: YamlSequence, origin: Origin): ConfigNode {
    const kind = from.tag === tags.omap ? 'an ordered map' : 'pairs'
    const context = { text: `while constructing ${kind}`, at: from.mark }
    const items: ConfigNode[] = []
    for (const item of from.items) {
      if (item.kind !== 'mapping')
        this.report('yaml/unknown-tag', `expected a mapping of length 1, but found ${item.kind}`, item.mark, item.end, context)
      else if (item.pairs.length !== 1)
        this.report(
          'yaml/unknown-tag',
          `expected a single mapping item, but found ${item.pairs.length} items`,
          item.mark,
          item.end,
          context,
        )
      else {
        const [{ key, value }] = item.pairs
        items.push({ kind: 'list', items: [this.node(key, undefined), this.node(value, this.span(key.start, key.end))], origin })
      }
    }
    return { kind: 'list', items, origin }
  }

  private mapping(from: YamlMapping, origin: Origin): MapNode {
    const { tag, mark, end } = from
    if (tag === tags.set) this.reportLate('yaml/unsupported-value', "Value 'set' is not a supported primitive type", mark, end)
    else if (tag === tags.seq || tag === tags.omap || tag === tags.pairs || pathTags.has(tag))
      this.report('yaml/unknown-tag', 'expected a sequence node, but found mapping', mark, end)
    else if (constructScalar(tag, '')) this.report('yaml/unknown-tag', 'expected a scalar node, but found mapping', mark, end)
    else if (tag !== tags.map) this.unknownTag(tag, mark, end)
    const entries = new Map<string, MapEntry>()
    this.pending.push({ from, entries })
    return { kind: 'map', entries, origin }
  }

  private fill({ from, items, entries }: Pending): void {
    if (from.kind === 'sequence') {
      for (const item of from.items) items!.push(this.node(item, undefined))
      return
    }
    this.problems.push(...duplicateKeys(from, (start, end) => this.span(start, end)))
    this.merge.flatten(from)
    for (const { key, value } of from.pairs) {
      const made = this.key(key, from)
      const node = this.node(value, this.span(key.start, key.end))
      if (!made) continue
      const id = keyId(made)
      entries!.set(id, { key: entries!.get(id)?.key ?? made, node })
    }
  }

  private key(key: YamlNode, mapping: YamlMapping): MapEntry['key'] | undefined {
    if (key.kind !== 'scalar' || key.tag === tags.map || key.tag === tags.seq) {
      this.report('yaml/bad-key', 'found unhashable key', key.mark, key.end, { text: 'while constructing a mapping', at: mapping.mark })
      return undefined
    }
    // A lone `=` is a string as a key.
    const made: ConstructedScalar | undefined = constructScalar(key.tag === tags.value ? tags.str : key.tag, key.text)
    if (!made) {
      this.unknownTag(key.tag, key.mark, key.end)
      return undefined
    }
    if ('error' in made) {
      this.report('yaml/invalid-value', made.error, key.mark, key.end)
      return undefined
    }
    if (made.type === 'null') {
      this.reportLate('yaml/bad-key', "Incompatible key type 'NoneType'", key.start, key.end)
      return undefined
    }
    return { type: made.type, value: made.value }
  }
}
