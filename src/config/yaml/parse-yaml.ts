import { strRepr } from '../python/str.ts'
import { maxDepth } from './limits.ts'
import { CollectionParser, emptyScalar } from './parse-collections.ts'
import { resolvePlain } from './resolve-scalar.ts'
import { createScanner } from './scanner.ts'
import { tags } from './tags.ts'
import type { Token } from './tokens.ts'
import { stop, type YamlError, YamlStop } from './yaml-error.ts'
import type { YamlNode, YamlPair } from './yaml-node.ts'

/** The one document of a text: no `root` when it is empty or an error stopped the parser. */
export interface ParsedYaml {
  readonly root?: YamlNode
  readonly error?: YamlError
  readonly hasAliases: boolean
}

/** Parses a text of one document; the first error ends it, as in PyYAML. */
export function parseYaml(text: string): ParsedYaml {
  const parser = new Parser(createScanner(text))
  try {
    const root = parser.document()
    return { root, hasAliases: parser.hasAliases }
  } catch (error) {
    if (error instanceof YamlStop) return { error: error.error, hasAliases: parser.hasAliases }
    throw error
  }
}

const defaultHandles: readonly (readonly [string, string])[] = [
  ['!', '!'],
  ['!!', 'tag:yaml.org,2002:'],
]

/** Properties before a node: where they begin, the anchor's name, the tag. */
interface Properties {
  readonly start: number
  readonly anchor?: string
  /** Undefined: to be found out. `!` counts as none, but makes quoted text plain. */
  readonly tag?: string
  readonly end: number
}

class Parser extends CollectionParser {
  hasAliases = false
  private depth = 0
  private readonly anchors = new Map<string, YamlNode>()
  private readonly anchorPlaces = new Map<string, number>()
  private handles = new Map(defaultHandles)

  document(): YamlNode | undefined {
    const first = this.peek()
    if (first === '<stream end>') return undefined
    let root: YamlNode | undefined
    if (first !== '<directive>' && first !== '<document start>') {
      if (first === '<document end>') return this.expectedContent('block', this.scanner.peek().start)
      root = this.node('block', false)
    } else {
      this.directives()
      this.scanner.take()
      const next = this.peek()
      if (next === '<directive>' || next === '<document start>' || next === '<document end>' || next === '<stream end>') {
        const { start } = this.scanner.peek()
        root = emptyScalar(start)
      } else root = this.node('block', false)
    }
    while (this.peek() === '<document end>') this.scanner.take()
    if (this.peek() !== '<stream end>') {
      const { start } = this.scanner.peek()
      this.directives()
      stop({
        code: 'yaml/multiple-documents',
        context: 'expected a single document in the stream',
        contextAt: root.mark,
        message: 'but found another document',
        at: start,
      })
    }
    return root
  }

  private directives(): void {
    this.handles = new Map(defaultHandles)
    const own = new Set<string>()
    let hasVersion = false
    while (this.peek() === '<directive>') {
      const { start, text, detail } = this.scanner.take()
      if (text === 'YAML') {
        if (hasVersion) stop({ message: 'found duplicate YAML directive', at: start })
        hasVersion = true
        if (!/^0*1\./.test(detail!)) stop({ message: 'found incompatible YAML document (version 1.* is required)', at: start })
      } else if (text === 'TAG') {
        const [handle, prefix] = detail!.split(' ')
        if (own.has(handle)) stop({ message: `duplicate tag handle ${strRepr(handle)}`, at: start })
        own.add(handle)
        this.handles.set(handle, prefix)
      }
    }
    if (this.peek() !== '<document start>')
      stop({ message: `expected '<document start>', but found '${this.peek()}'`, at: this.scanner.peek().start })
  }

  private expectedContent(style: string, start: number): never {
    const token = this.scanner.peek()
    return stop({
      context: `while parsing a ${style} node`,
      contextAt: start,
      message: `expected the node content, but found '${token.kind}'`,
      at: token.start,
    })
  }

  protected node(context: 'block' | 'flow', indentless: boolean): YamlNode {
    const token = this.scanner.peek()
    if (token.kind === '<alias>') return this.alias()
    if (++this.depth > maxDepth)
      stop({
        code: 'yaml/limit',
        message: 'RecursionError: maximum recursion depth exceeded',
        at: token.start,
        hint: `A config may nest at most ${maxDepth} levels.`,
      })
    const properties = this.properties(token)
    const { anchor } = properties
    if (anchor !== undefined) this.claimAnchor(anchor, properties.start)
    const node = this.content(context, indentless, properties)
    this.depth--
    return node
  }

  private alias(): YamlNode {
    const { text, start } = this.scanner.take()
    const target = this.anchors.get(text)
    this.hasAliases = true
    return target ?? stop({ code: 'yaml/unknown-alias', message: `found undefined alias ${strRepr(text)}`, at: start })
  }

  private claimAnchor(name: string, start: number): void {
    const first = this.anchorPlaces.get(name)
    if (first !== undefined)
      stop({
        code: 'yaml/duplicate-anchor',
        context: `found duplicate anchor ${strRepr(name)}; first occurrence`,
        contextAt: first,
        message: 'second occurrence',
        at: start,
      })
    this.anchorPlaces.set(name, start)
  }

  private properties(first: Token): Properties {
    let anchor: string | undefined
    let tagToken: Token | undefined
    let end = first.start
    for (;;) {
      const kind = this.peek()
      if (kind === '<anchor>' && anchor === undefined) {
        const token = this.scanner.take()
        anchor = token.text
        end = token.end
      } else if (kind === '<tag>' && !tagToken) {
        tagToken = this.scanner.take()
        end = tagToken.end
      } else break
    }
    if (!tagToken) return { start: first.start, anchor, end }
    const { text, detail: handle, start } = tagToken
    if (!handle) return { start: first.start, anchor, tag: text, end }
    const prefix = this.handles.get(handle)
    if (prefix === undefined)
      stop({
        context: 'while parsing a node',
        contextAt: first.start,
        message: `found undefined tag handle ${strRepr(handle)}`,
        at: start,
      })
    return { start: first.start, anchor, tag: prefix + text, end }
  }

  private content(context: 'block' | 'flow', indentless: boolean, properties: Properties): YamlNode {
    const { start, anchor, tag, end } = properties
    const token = this.scanner.peek()
    const keep = <N extends YamlNode>(node: N): N => {
      if (anchor !== undefined) this.anchors.set(anchor, node)
      return node
    }
    const sequence = () =>
      keep({ kind: 'sequence' as const, tag: collectionTag(tag, tags.seq), mark: start, start, end: token.end, items: [] as YamlNode[] })
    const mapping = () =>
      keep({ kind: 'mapping' as const, tag: collectionTag(tag, tags.map), mark: start, start, end: token.end, pairs: [] as YamlPair[] })
    switch (token.kind) {
      case '<scalar>': {
        this.scanner.take()
        const resolved = tag === '!' || (tag === undefined && token.detail === 'plain') ? resolvePlain(token.text) : (tag ?? tags.str)
        return keep({ kind: 'scalar', tag: resolved, mark: start, start: token.start, end: token.end, text: token.text })
      }
      case '[':
        return this.flowSequence(sequence())
      case '{':
        return this.flowMapping(mapping())
      case '<block sequence start>':
        if (context === 'block') return this.blockSequence(sequence())
        break
      case '<block mapping start>':
        if (context === 'block') return this.blockMapping(mapping())
        break
      case '-':
        if (indentless) return this.indentlessSequence(sequence())
        break
    }
    if (anchor !== undefined || tag !== undefined)
      return keep({ kind: 'scalar', tag: tag === undefined || tag === '!' ? tags.null : tag, mark: start, start: end, end, text: '' })
    return this.expectedContent(context, start)
  }
}

const collectionTag = (tag: string | undefined, normal: string): string => (tag === undefined || tag === '!' ? normal : tag)
