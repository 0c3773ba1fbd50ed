import type { SourceText } from '../source-text.ts'
import { type ConfigSource, type Endings, fileNameOf, type ListingKind, listedName } from './config-source.ts'

/** A built-in config: its text, and for structured configs the package that it goes to. */
export interface BuiltinConfig {
  readonly text: string
  readonly package?: string
}

export type BuiltinTree = Readonly<Record<string, BuiltinConfig>>

const sourceTexts = new WeakMap<BuiltinConfig, SourceText>()

/** Configs that come with Hydra or one of its plugins. Keys of `tree` are file names in the config tree: `hydra/help/default.yaml`. */
export function builtinSource(
  tree: BuiltinTree,
  { provider, scheme, path, endings }: { provider: string; scheme: 'pkg' | 'structured'; path: string; endings: Endings },
): ConfigSource {
  const names = Object.keys(tree)
  const has = (name: string) => Object.hasOwn(tree, name)
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
    list: (group, kind) => entries(names, trimmed(group)).flatMap(name => listing(group, name, kind) ?? []),
    read(name) {
      const file = fileNameOf(trimmed(name), endings)
      return has(file) ? sourceTextOf(tree[file], `${scheme}://${path === '' ? '' : `${path}/`}${file}`) : undefined
    },
    ...(scheme === 'structured' ? { packageOf: (name: string) => tree[fileNameOf(trimmed(name), endings)]?.package ?? null } : {}),
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
