import type { ConfigCache, GroupListing } from '../compose-contract.ts'
import type { ConfigFiles } from '../config-files.ts'
import { ConfigRepository, onceFiles } from './repository.ts'
import { searchPath } from './search-path.ts'

export interface GroupQuery {
  /** The conf root, absolute. */
  readonly configPath: string
  readonly configDirs?: readonly string[]
  /** Hydra's own groups too (`hydra/launcher`, …). Default false. */
  readonly hydra?: boolean
}

/** Folders nested deeper than this are not looked into: a link that leads back up has no end. */
const deepestGroup = 32

/** Groups beyond this are not listed: folders that contain links to themselves have no end. */
const mostGroups = 20_000

/** All groups that have options or subgroups, in Hydra's order, each with its options. */
export function listGroups(files: ConfigFiles, query: GroupQuery): GroupListing[] {
  const repository = repositoryFor(files, query)
  const listings: GroupListing[] = []
  const visit = (parent: string, depth: number) => {
    for (const name of repository.optionsOf(parent, 'group')) {
      const group = parent === '' ? name : `${parent}/${name}`
      if (group === 'hydra' && !query.hydra) continue
      if (listings.length >= mostGroups) return
      const options = repository.optionsOf(group, 'config')
      const subgroups = repository.optionsOf(group, 'group')
      if (options.length > 0 || subgroups.length > 0) listings.push({ group, options, subgroups })
      if (subgroups.length > 0 && depth < deepestGroup) visit(group, depth + 1)
    }
  }
  visit('', 0)
  return listings
}

/** The configs at the top of the tree: what `--config-name` can name. */
export const listPrimaryConfigs = (files: ConfigFiles, query: GroupQuery): string[] =>
  repositoryFor(files, query)
    .optionsOf('', 'config')
    .filter(name => name !== '_dummy_empty_config_')

const noCache = (): ConfigCache => ({ parsed: new Map() })

/** The sources of a conf root without `hydra.searchpath`. */
export function repositoryFor(files: ConfigFiles, { configPath, configDirs }: GroupQuery): ConfigRepository {
  const cache = noCache()
  const sources = searchPath(onceFiles(files), { configPath, configDirs, endings: ['.yaml'], cache })
  return new ConfigRepository(sources, { cache, legacyOptional: false })
}
