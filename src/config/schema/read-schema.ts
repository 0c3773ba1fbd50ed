import { type ConfigNode, child, type MapNode, stringOf } from '../node.ts'
import type { Problem } from '../problems.ts'
import type { SourceText } from '../source-text.ts'
import { joinPath } from '../sources/paths.ts'
import { limitKeywords, limitsOf } from './limits.ts'
import { classAt, type ReadClass } from './read-class.ts'
import { readJson } from './read-json.ts'
import { any, type EnumSchema, isScalarSchema, type ScalarSchema, type Schema } from './schema.ts'
import { below, className, pointerParts, type SchemaPlace } from './schema-names.ts'

/** Keywords that say nothing about values, or are read here. */
const known = new Set(
  (
    '$schema $id $ref $defs $comment definitions title description default examples deprecated readOnly writeOnly type enum ' +
    'properties required additionalProperties items anyOf oneOf allOf format markdownDescription'
  ).split(' '),
)

/** A schema somewhere in a file. */
export interface SchemaAt {
  readonly node: ConfigNode
  readonly place: SchemaPlace
}

/** Reads JSON Schemas as dataclasses; files that they refer to are read once. */
export class SchemaReader {
  readonly problems: Problem[] = []
  /** All that was read, to know when it has changed. */
  readonly sources = new Map<string, SourceText | undefined>()
  private readonly read: (path: string) => SourceText | undefined
  private readonly roots = new Map<string, ConfigNode | undefined>()
  readonly classes = new Map<string, ReadClass>()
  /** Classes whose default values are being made. */
  readonly open = new Set<string>()
  private readonly told = new Set<ConfigNode>()

  constructor(read: (path: string) => SourceText | undefined) {
    this.read = read
  }

  /** The schema at the top of a file; undefined, with a problem, where there is none. */
  root(file: string): SchemaAt | undefined {
    return this.at({ file, pointer: '' })
  }

  typeOf({ node, place }: SchemaAt): Schema {
    if (node.kind !== 'map') {
      if (node.kind !== 'scalar' || node.value !== true) this.tell('schema/keyword', 'A schema is an object', node)
      return any
    }
    const target = this.referenced({ node, place })
    if (target) return { ...this.typeOf(target), ...described(node) } as Schema
    if (child(node, '$ref')) return any
    this.checkKeywords(node)
    const type = this.bareType(node, place)
    const limits = limitsOf(node)
    return { ...type, ...described(node), ...(limits.length > 0 ? { limits } : {}) } as Schema
  }

  /** What `$ref` leads to. */
  referenced({ node, place }: SchemaAt): SchemaAt | undefined {
    const written = child(node, '$ref')
    if (!written) return undefined
    const text = stringOf(written) ?? ''
    const [path, pointer = ''] = text.split('#')
    const folder = place.file.slice(0, place.file.lastIndexOf('/'))
    const found = this.at({ file: path === '' ? place.file : joinPath(folder, path), pointer: decodeURIComponentSafely(pointer) })
    if (!found) this.tell('schema/reference', `Cannot find '${text}'`, written, 'a reference is #/$defs/NAME, or a file beside this one')
    return found
  }

  tell(code: string, message: string, at: ConfigNode, hint?: string, severity: Problem['severity'] = 'error'): void {
    if (this.told.has(at)) return
    this.told.add(at)
    const { span } = at.origin
    this.problems.push({ code, severity, message, locations: span ? [{ span }] : [], ...(hint ? { hint } : {}) })
  }

  private at(place: SchemaPlace): SchemaAt | undefined {
    let node: ConfigNode | undefined = this.document(place.file)
    for (const part of pointerParts(place.pointer)) node = node?.kind === 'list' ? node.items[Number(part)] : child(node, part)
    return node && { node, place }
  }

  private document(file: string): ConfigNode | undefined {
    if (this.roots.has(file)) return this.roots.get(file)
    const source = this.read(file)
    this.sources.set(file, source)
    const { node, problem } = source ? readJson(source) : {}
    if (problem) this.problems.push(problem)
    this.roots.set(file, node)
    return node
  }

  private bareType(node: MapNode, place: SchemaPlace): Schema {
    const values = child(node, 'enum')
    if (values?.kind === 'list') {
      const names = values.items.filter(item => !isNull(item)).map(stringOf)
      if (names.length > 0 && names.every(name => name !== undefined)) {
        const named: EnumSchema = { kind: 'enum', name: className(titleOf(node), place), values: names as string[], namesOnly: true }
        return values.items.some(isNull) || typesOf(node).includes('null') ? { ...named, optional: true } : named
      }
    }
    const branches = child(node, 'anyOf') ?? child(node, 'oneOf')
    if (branches?.kind === 'list') return this.union(node, branches.items, place)
    const types = typesOf(node)
    const named = types.filter(type => type !== 'null')
    const optional = types.includes('null')
    if (named.length > 1) {
      const union = named.map(type => this.simpleType(type, node, place))
      if (union.every(isScalarSchema)) return { kind: 'union', types: union as ScalarSchema[], ...(optional ? { optional } : {}) }
      return any
    }
    const type = named[0] ?? (child(node, 'properties') || child(node, 'allOf') ? 'object' : undefined)
    if (type === undefined) return any
    const simple = this.simpleType(type, node, place)
    return optional && simple.kind !== 'any' ? { ...simple, optional } : simple
  }

  private simpleType(type: string, node: MapNode, place: SchemaPlace): Schema {
    switch (type) {
      case 'string':
        return { kind: 'str' }
      case 'integer':
        return { kind: 'int' }
      case 'number':
        return { kind: 'float' }
      case 'boolean':
        return { kind: 'bool' }
      case 'array': {
        const items = child(node, 'items')
        return { kind: 'list', item: items ? this.typeOf({ node: items, place: below(place, 'items') }) : any }
      }
      case 'object': {
        if (child(node, 'properties') || child(node, 'allOf')) return classAt(this, { node, place }).schema
        const rest = child(node, 'additionalProperties')
        if (rest?.kind === 'scalar' && rest.value === false) return classAt(this, { node, place }).schema
        return {
          kind: 'dict',
          value: rest?.kind === 'map' ? this.typeOf({ node: rest, place: below(place, 'additionalProperties') }) : any,
        }
      }
      default:
        this.tell(
          'schema/keyword',
          `Unknown type '${type}'`,
          child(node, 'type')!,
          'it is string, integer, number, boolean, array, object or null',
        )
        return any
    }
  }

  /** `anyOf` of scalars is a Union, with null Optional. */
  private union(node: MapNode, branches: readonly ConfigNode[], place: SchemaPlace): Schema {
    const keyword = child(node, 'anyOf') ? 'anyOf' : 'oneOf'
    const schemas = branches.map((branch, i) => ({ node: branch, place: below(place, keyword, String(i)) }))
    const isNullType = ({ node: one }: SchemaAt) => stringOf(child(one, 'type')) === 'null'
    const types = schemas.filter(one => !isNullType(one)).map(one => this.typeOf(one))
    const optional = schemas.some(isNullType)
    if (types.length === 1) return optional && types[0].kind !== 'any' ? { ...types[0], optional } : types[0]
    if (types.every(isScalarSchema)) return { kind: 'union', types: types as ScalarSchema[], ...(optional ? { optional } : {}) }
    return any
  }

  private checkKeywords(node: MapNode): void {
    for (const [name, { node: value }] of node.entries) {
      if (known.has(name) || limitKeywords.has(name) || name.startsWith('x-')) continue
      this.tell('schema/keyword', `The keyword '${name}' is not looked at`, value, undefined, 'warning')
    }
  }
}

const titleOf = (node: ConfigNode) => stringOf(child(node, 'title'))

const isNull = (node: ConfigNode) => node.kind === 'scalar' && node.type === 'null'

function described(node: MapNode): { readonly doc?: string } {
  const doc = stringOf(child(node, 'description'))
  return doc === undefined ? {} : { doc }
}

function typesOf(node: MapNode): string[] {
  const type = child(node, 'type')
  const names = type?.kind === 'list' ? type.items.map(stringOf) : [stringOf(type)]
  return names.filter(name => name !== undefined)
}

function decodeURIComponentSafely(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
