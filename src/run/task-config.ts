import type { ComposedConfig } from '../config/compose-contract.ts'
import { type ConfigNode, child, type ScalarNode } from '../config/node.ts'
import { type Problem, ProblemError } from '../config/problems.ts'
import type { Resolve } from './compose-port.ts'
import { jobProblem, placesOf } from './config-places.ts'

/** Reads values out of a composed config; interpolations are resolved only where something is read, as with OmegaConf. */
export interface TaskConfig {
  /** The value at the first of `paths` that the config has and that is not null; unresolved. */
  find(...paths: readonly string[]): FoundValue | undefined
  /** The root: for problems about what is not there. */
  readonly root: ComposedConfig['task']
}

export interface FoundValue {
  readonly path: string
  /** With interpolations resolved. @throws ProblemError for a broken interpolation or a missing mandatory value */
  readonly value: ConfigNode
}

/** @param resolve the resolver of `config/` */
export function taskConfig(composed: ComposedConfig, resolve: Resolve): TaskConfig {
  const resolved = (path: string): ConfigNode => {
    const { node, problems } = resolve(composed, path)
    if (!node) throw new ProblemError(problems[0])
    return node
  }
  /** The node at `path`; where the way leads through a reference (`models: ${other}`), that is resolved. */
  const nodeAt = (path: string): ConfigNode | undefined => {
    const keys = path.split('.')
    let node: ConfigNode | undefined = composed.task
    for (const [i, key] of keys.entries()) {
      if (isReference(node)) node = resolved(keys.slice(0, i).join('.'))
      node = child(node, key)
    }
    return node
  }
  return {
    root: composed.task,
    find(...paths) {
      for (const path of paths) {
        const node = nodeAt(path)
        if (!node || isNull(node)) continue
        requireGiven(node, path)
        return { path, value: resolved(path) }
      }
      return undefined
    },
  }
}

const isReference = (node: ConfigNode | undefined) => node?.kind === 'scalar' && node.type === 'str' && String(node.value).includes('${')
const isNull = (node: ConfigNode) => node.kind === 'scalar' && node.type === 'null'

function requireGiven(node: ConfigNode, path: string): void {
  if (node.kind === 'scalar' && node.type === 'str' && node.value === '???') {
    throw new ProblemError(
      jobProblem('config/missing-value', `Missing mandatory value: ${path}`, placesOf(node), {
        hint: `Give it a value in the file or on the command line: ${path}=…`,
      }),
    )
  }
}

/** A value of another type than the role needs. */
export function wrongType(found: { path: string; value: ConfigNode }, expected: string): Problem {
  return jobProblem('task/wrong-type', `${found.path} must be ${expected}, got ${describeNode(found.value)}`, placesOf(found.value))
}

export function stringAt(found: FoundValue | undefined): string | undefined {
  if (!found) return undefined
  const { value } = found
  if (value.kind === 'scalar' && value.type === 'str') return value.value as string
  throw new ProblemError(wrongType(found, 'a text'))
}

/** A name that YAML may have read as a number: `target: 3`. */
export function nameAt(found: FoundValue | undefined): string | undefined {
  if (!found) return undefined
  const { value } = found
  if (value.kind === 'scalar' && value.type !== 'null' && value.type !== 'bytes') return String(value.value)
  throw new ProblemError(wrongType(found, 'a text'))
}

export function integerAt(found: FoundValue | undefined, { least }: { readonly least?: number } = {}): number | undefined {
  if (!found) return undefined
  const { value } = found
  const number = value.kind === 'scalar' && value.type === 'int' ? Number(value.value) : undefined
  const expected = least === undefined ? 'an integer' : least === 1 ? 'a positive integer' : `an integer of at least ${least}`
  if (number === undefined || (least !== undefined && number < least)) throw new ProblemError(wrongType(found, expected))
  return number
}

export function numberAt(found: FoundValue | undefined, { above }: { readonly above?: number } = {}): number | undefined {
  if (!found) return undefined
  const { value } = found
  const number = value.kind === 'scalar' && (value.type === 'int' || value.type === 'float') ? Number(value.value) : Number.NaN
  if (above === undefined ? value.kind === 'scalar' && (value.type === 'int' || value.type === 'float') : number > above) return number
  throw new ProblemError(wrongType(found, above === undefined ? 'a number' : `a number above ${above}`))
}

/** One name or a list of names. */
export function namesAt(found: FoundValue | undefined): readonly { readonly name: string; readonly node: ScalarNode }[] {
  if (!found) return []
  const items = found.value.kind === 'list' ? found.value.items : [found.value]
  return items.map(node => {
    if (node.kind !== 'scalar' || node.type !== 'str')
      throw new ProblemError(wrongType({ path: found.path, value: node }, 'a name or a list of names'))
    return { name: node.value as string, node }
  })
}

export function describeNode(node: ConfigNode): string {
  if (node.kind === 'map') return 'a mapping'
  if (node.kind === 'list') return 'a list'
  if (node.type === 'str') return `'${node.value}'`
  return node.type === 'null' ? 'null' : String(node.value)
}
