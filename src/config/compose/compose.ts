import type { ComposedConfig, ComposeRequest, ComposeResult, ConfigCache } from '../compose-contract.ts'
import type { ConfigFiles } from '../config-files.ts'
import { divideOverrides } from '../defaults/choices.ts'
import { duplicates, listOfTree } from '../defaults/defaults-list.ts'
import { buildDefaultsTree } from '../defaults/defaults-tree.ts'
import { unusedDeletions, unusedOverrides } from '../defaults/list-problems.ts'
import type { TreeContext, TreeNode } from '../defaults/tree-node.ts'
import { pluginSources } from '../hydra/plugin-configs.ts'
import { child, type MapNode } from '../node.ts'
import { setReadonly } from '../omegaconf/index.ts'
import { contextOfRequest } from '../omegaconf/resolve.ts'
import { type Override, parseOverride } from '../override/index.ts'
import type { Problem } from '../problems.ts'
import { limitProblems } from '../schema/check-limits.ts'
import { ConfigRepository, onceFiles } from '../sources/repository.ts'
import { searchPath } from '../sources/search-path.ts'
import { applyOverrides } from './apply-overrides.ts'
import { createConfigCache } from './config-cache.ts'
import { copiedVariables, fillRuntime } from './fill-runtime.ts'
import { letterCaseProblems } from './letter-case.ts'
import { mergeDefaults } from './merge-defaults.ts'
import { unreadableLine } from './override-lines.ts'
import { missingMainSource } from './search-path-problems.ts'
import { illegalSweeps } from './sweep-problems.ts'
import { useSearchPath } from './use-search-path.ts'

/** The defaults tree and all that leads to it, before contents are merged. */
export interface Plan {
  readonly request: ComposeRequest
  /** Each file is asked for once. */
  readonly files: ConfigFiles
  readonly repository: ConfigRepository
  readonly overrides: readonly Override[]
  readonly context: TreeContext
  readonly tree: TreeNode
  readonly problems: Problem[]
}

/**
 * Composes as Hydra 1.3.8 does. Never throws on bad input: `problems` holds Hydra's error first, and `config` what could be composed
 * around it.
 */
export function compose(files: ConfigFiles, request: ComposeRequest, cache: ConfigCache = createConfigCache()): ComposeResult {
  const plan = planComposition(files, request, cache)
  const { repository, overrides, context, tree, problems } = plan
  const report = (problem: Problem) => void problems.push(problem)
  const rows = listOfTree(tree, context)
  for (const problem of duplicates(rows, context.choices.clashes)) report(problem)
  if (!problems.some(({ severity }) => severity === 'error')) {
    for (const problem of unusedOverrides(context.choices, repository)) report(problem)
    for (const problem of unusedDeletions(context.choices)) report(problem)
  }
  const merged = mergeDefaults(rows, { repository, resolve: context.resolve, report })
  const root = applyOverrides(withOpenHydra(merged.root), context.choices.configOverrides, {
    placed: merged.placed,
    resolve: context.resolve,
    report,
  })
  for (const problem of limitProblems(root, merged.placed)) report(problem)
  for (const problem of letterCaseProblems(plan.files, rows, repository)) report(problem)
  const unreadable = unreadableLine(overrides)
  if (unreadable) report(unreadable)
  const hydra = child(root, 'hydra')
  const copied = copiedVariables(root, request)
  if (copied.problem) report(copied.problem)
  const entries = new Map(root.entries)
  entries.delete('hydra')
  const config: ComposedConfig = {
    request,
    task: { ...root, entries },
    hydra: fillRuntime(hydra?.kind === 'map' ? hydra : emptyMap, {
      request,
      overrides,
      choices: context.choices.known,
      sources: repository.sources,
      variables: copied.names,
    }),
    defaults: rows.map(({ row }) => row),
    choices: context.choices.known,
    types: merged.placed,
    files: repository.files(),
  }
  return { config, problems }
}

const emptyMap: MapNode = { kind: 'map', entries: new Map(), origin: { kind: 'code' } }

/** Parses overrides, settles the search path and builds the defaults tree. */
export function planComposition(files: ConfigFiles, request: ComposeRequest, cache: ConfigCache): Plan {
  const { configPath, configDirs, cwd, versionBase = '1.3', mode = 'run' } = request
  const configName = request.configName === undefined ? 'config' : (request.configName ?? undefined)
  const problems: Problem[] = []
  // a file that is read at two places tells what is wrong with it once
  const told = new Set<string>()
  const report = (problem: Problem) => {
    const span = problem.locations[0]?.span
    const id = [problem.code, problem.message, span?.source.path, span?.start].join('\n')
    if (!told.has(id)) problems.push(problem)
    told.add(id)
  }
  const old = versionBase === '1.1'
  const endings = old ? ['.yaml', '.yml'] : ['.yaml']
  const once = onceFiles(files)
  const sources = searchPath(once, { configPath, configDirs, cwd, endings, cache })
  const repository = new ConfigRepository(sources, { cache, legacyOptional: old, plugins: pluginSources(endings) })
  const missing = missingMainSource(sources)
  if (missing) report(missing)
  const overrides: Override[] = []
  for (const [i, text] of (request.overrides ?? []).entries()) {
    const { override, problem } = parseOverride(text, i)
    if (problem) report(problem)
    if (override) overrides.push(override)
  }
  useSearchPath(once, { request, repository, overrides, configName, endings, report })
  for (const problem of illegalSweeps(overrides, mode)) report(problem)
  const context: TreeContext = {
    repository,
    choices: divideOverrides(overrides, repository, report),
    rules: { nameInPackage: old },
    skipMissing: mode === 'multirun',
    legacyHydraOverride: old,
    resolve: contextOfRequest(request),
    report,
  }
  return { request, files: once, repository, overrides, context, tree: buildDefaultsTree(configName, context), problems }
}

/** Hydra changes its own node even where the primary config is frozen. */
function withOpenHydra(root: MapNode): MapNode {
  const hydra = root.readonly ? root.entries.get('hydra') : undefined
  if (hydra?.node.kind !== 'map') return root
  return { ...root, entries: new Map(root.entries).set('hydra', { key: hydra.key, node: setReadonly(hydra.node, false) }) }
}
