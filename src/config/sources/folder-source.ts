import type { ConfigFiles } from '../config-files.ts'
import { type ConfigSource, type Endings, fileNameOf, listedName } from './config-source.ts'
import { joinPath } from './paths.ts'

interface FolderSourceOptions {
  readonly provider: string
  readonly scheme: 'file' | 'pkg'
  /** As shown; also where the files are unless `folder` says otherwise. */
  readonly path: string
  /** Absolute. */
  readonly folder: string
  readonly endings: Endings
  /** A package is there only with its `__init__.py`. */
  readonly needsInit?: boolean
}

/** Configs in a folder: `file://…`, or a Python package of the project (`pkg://…`). */
export function folderSource(
  files: ConfigFiles,
  { provider, scheme, path, folder, endings, needsInit }: FolderSourceOptions,
): ConfigSource {
  const fileOf = (name: string) => joinPath(folder, fileNameOf(name, endings))
  const isGroup = (group: string) => files.list(joinPath(folder, group)) !== undefined
  const isConfig = (name: string) => files.read(fileOf(name)) !== undefined
  return {
    provider,
    scheme,
    path,
    isGroup,
    isConfig,
    available: () => isGroup('') && (!needsInit || files.read(joinPath(folder, '__init__.py')) !== undefined),
    list(group, kind) {
      const names: string[] = []
      for (const { name } of files.list(joinPath(folder, group)) ?? []) {
        const inTree = group === '' ? name : `${group}/${name}`
        const listed = listedName(name, kind, kind === 'group' ? isGroup(inTree) : isConfig(inTree))
        if (listed !== undefined) names.push(listed)
      }
      return names
    },
    read: name => files.read(fileOf(name)),
  }
}
