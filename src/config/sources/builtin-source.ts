import type { SourceText } from '../source-text.ts'
import { type ConfigSource, type Endings, fileNameOf, type ListingKind, listedName } from './config-source.ts'

/** A built-in config: its text, and for structured configs the package that it goes to. */
export interface BuiltinConfig {
  readonly text: string
  readonly package?: string
}

export type BuiltinTree = Readonly<Record<string, BuiltinConfig>>

const sourceTexts = new WeakMap<BuiltinConfig, SourceText>()

interface BuiltinOptions {
  readonly provider: string
  readonly scheme: 'pkg' | 'structured'
  readonly path: string
  readonly endings: Endings
  /** Configs that can be chosen but are not listed: those of plugins, which Hydra lists only where they are installed. */
  readonly unlisted?: BuiltinTree
}

/** Configs that come with Hydra or one of its plugins. Keys of `tree` are file names in the config tree: `hydra/help/default.yaml`. */
export function builtinSource(tree: BuiltinTree, { provider, scheme, path, endings, unlisted = {} }: BuiltinOptions): ConfigSource {
  const listed = Object.keys(tree)
  const names = [...listed, ...Object.keys(unlisted)]
  const configOf = (name: string) => (Object.hasOwn(tree, name) ? tree[name] : Object.hasOwn(unlisted, name) ? unlisted[name] : undefined)
  const has = (name: string) => configOf(name) !== undefined
  const trimmed = (name: string) => name.split('/').filter(Boolean).join('/')
  const isConfig = (name: string) => has(fileNameOf(trimmed(name), endings))
  const isGroup = (group: string) => {
    const prefix = trimmed(group) === '' ? '' : `${trimmed(group)}/`
    return names.some(name => name.startsWith(prefix))
  }
  return {
    provider,
    scheme,
    path,
    available: () => true,
    isGroup,
    isConfig,
    list: (group, kind) => entries(listed, trimmed(group)).flatMap(name => listing(group, name, kind) ?? []),
    read(name) {
      const file = fileNameOf(trimmed(name), endings)
      const config = configOf(file)
      return config && sourceTextOf(config, `${scheme}://${path === '' ? '' : `${path}/`}${file}`)
    },
    ...(scheme === 'structured' ? { packageOf: (name: string) => configOf(fileNameOf(trimmed(name), endings))?.package ?? null } : {}),
  }

  function listing(group: string, name: string, kind: ListingKind): string | undefined {
    const inTree = `${group}/${name}`
    return listedName(name, kind, kind === 'group' ? isGroup(inTree) && !has(trimmed(inTree)) : isConfig(inTree))
  }
}

function entries(names: readonly string[], group: string): string[] {
  const prefix = group === '' ? '' : `${group}/`
  const found = new Set<string>()
  for (const name of names) if (name.startsWith(prefix)) found.add(name.slice(prefix.length).split('/')[0])
  return [...found]
}

function sourceTextOf(config: BuiltinConfig, path: string): SourceText {
  const known = sourceTexts.get(config)
  if (known) return known
  const source = { path, text: config.text }
  sourceTexts.set(config, source)
  return source
}
