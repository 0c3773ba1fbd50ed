import { tags } from './tags.ts'
import type { YamlMapping, YamlNode, YamlPair } from './yaml-node.ts'

interface MergeReport {
  /** Counts pairs that are written out; false beyond what a file may have. */
  readonly count: (pairs: number) => boolean
  /** What stands behind `<<` and is no mapping. */
  readonly wrong: (node: YamlNode, expected: string, mapping: YamlMapping) => void
}

const isMerge = ({ key }: YamlPair) => key.tag === tags.merge

/** Writes out merge keys (`<<: *base`). */
export class MergeKeys {
  private readonly flattened = new Set<YamlMapping>()
  private readonly report: MergeReport

  constructor(report: MergeReport) {
    this.report = report
  }

  /** Puts the pairs of merged mappings before the mapping's own. */
  flatten(mapping: YamlMapping): void {
    if (this.flattened.has(mapping)) return
    this.flattened.add(mapping)
    if (!mapping.pairs.some(isMerge)) return
    const merged: YamlPair[] = []
    const own: YamlPair[] = []
    for (const pair of mapping.pairs) {
      const { value } = pair
      if (!isMerge(pair)) own.push(pair)
      else if (value.kind === 'mapping') {
        this.flatten(value)
        this.add(merged, value.pairs)
      } else if (value.kind === 'sequence') {
        for (const part of this.partsOf(value.items, mapping).reverse()) this.add(merged, part)
      } else this.report.wrong(value, 'a mapping or list of mappings', mapping)
    }
    mapping.pairs = merged.concat(own)
  }

  private partsOf(items: readonly YamlNode[], mapping: YamlMapping): (readonly YamlPair[])[] {
    const parts: YamlPair[][] = []
    for (const item of items) {
      if (item.kind === 'mapping') {
        this.flatten(item)
        parts.push(item.pairs)
      } else this.report.wrong(item, 'a mapping', mapping)
    }
    return parts
  }

  /** Adds pairs of a merged mapping, as long as the file stays within the limit. */
  private add(merged: YamlPair[], pairs: readonly YamlPair[]): void {
    if (!this.report.count(pairs.length)) return
    for (const pair of pairs) merged.push(pair)
  }
}
