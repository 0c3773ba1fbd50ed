export { type CompletionSource, completionSource } from './compose/completion-source.ts'
export { compose } from './compose/compose.ts'
export { createConfigCache } from './compose/config-cache.ts'
export { type DefaultsBranch, type DefaultsInfo, defaultsInfo } from './compose/defaults-info.ts'
export { findOrigins, type OriginHit } from './compose/find-origins.ts'
export { contextOf, resolveNode } from './compose/resolve-config.ts'
export { type Selected, selectValue } from './compose/select-value.ts'
export type * from './compose-contract.ts'
export type { ConfigFiles } from './config-files.ts'
export type { ConfigEntry, DefaultsEntry, GroupEntry } from './defaults/defaults-entry.ts'
export { type DefaultsOfFile, defaultsOf } from './defaults/defaults-of.ts'
export { toYaml } from './emit/index.ts'
export * from './explain/index.ts'
export { memoryFiles } from './memory-files.ts'
export { didYouMean, nearest } from './nearest.ts'
export * from './node.ts'
export {
  type CustomResolver,
  checkInterpolation,
  deleteNode,
  interpolationSpan,
  isInterpolationNode,
  isMissing,
  isReadonly,
  type MergeOptions,
  type MergeResult,
  mergeMaps,
  mergeWith,
  missingKeys,
  nodeFromPlain,
  type OmegaConfError,
  type PlainOptions,
  type PlainValue,
  parseInterpolation,
  type ResolveContext,
  type ResolverPlace,
  resolverNames,
  resolveTree,
  selectNode,
  setReadonly,
  shortText,
  splitKey,
  stringStep,
  toPlain,
  type UpdateOptions,
  type UpdateResult,
  updateNode,
} from './omegaconf/index.ts'
export * from './override/index.ts'
export * from './problems.ts'
export { nodeStr, scalarStr } from './python/index.ts'
export type { ObjectSchema, Schema } from './schema/schema.ts'
export { typeText } from './schema/schema.ts'
export { schemaAt } from './schema/schema-at.ts'
export * from './source-text.ts'
export { type GroupQuery, listGroups, listPrimaryConfigs } from './sources/list-groups.ts'
export { type ExpandedSweep, expandSweep, jobRequest } from './sweep/expand-sweep.ts'
export { readYaml } from './yaml/index.ts'
