export type { ArgsortMode } from '../numerics/argsort.ts'
export { type Edf, edf } from './analysis/edf.ts'
export { type HypervolumeHistory, hypervolumeHistory } from './analysis/hypervolume-history.ts'
export { type TableAttribute, type TrialsTable, trialsTable } from './analysis/trials-table.ts'
export { bestTrialOf, paretoFront } from './best-trial.ts'
export { constraintsOf, isFeasible } from './constraints.ts'
export * from './contract.ts'
export { type CopyStudyOptions, convertStorage, copyStudy } from './copy-study.ts'
export {
  type CreateStudyOptions,
  createStudy,
  deleteStudy,
  type LoadStudyOptions,
  loadStudy,
  type StudySummary,
  studySummaries,
} from './create-study.ts'
export { distributionFromJson, distributionToJson } from './distribution-json.ts'
export {
  categoricalDistribution,
  checkCompatible,
  contains,
  distributionText,
  floatDistribution,
  intDistribution,
  isSingle,
  sameDistribution,
  toExternal,
  toInternal,
  type Warn,
} from './distributions.ts'
export { createTrial, type NewTrial } from './frozen-trial.ts'
export { type ImportanceOptions, paramImportances } from './importance/ped-anova.ts'
export { LiveTrial } from './live-trial.ts'
export { hypervolume, referencePoint } from './multi-objective/hypervolume.ts'
export { type Callback, failStaleTrials, type Objective, type ObjectiveResult, type OptimizeOptions } from './optimize.ts'
export * from './pruners/index.ts'
export * from './samplers/index.ts'
export { bestValueStagnation, type StagnationOptions, trialsSinceBest } from './stopping/best-value-stagnation.ts'
export { maxTrialsCallback } from './stopping/max-trials.ts'
export { type RetryOptions, retriedTrialNumber, retryFailedTrial, retryHistory } from './stopping/retry-failed-trial.ts'
export { targetValue } from './stopping/target-value.ts'
export { InMemoryStorage } from './storages/in-memory.ts'
export { type JournalOptions, JournalStorage } from './storages/journal.ts'
export { type OpenStorageOptions, openStorage, type StorageFiles, type StoragePlace, storagePlace } from './storages/open-storage.ts'
export { type RDBOptions, RDBStorage } from './storages/rdb/rdb.ts'
export { FAIL_REASON, Study, type StudyOptions } from './study.ts'
export type { Told } from './tell.ts'
export { TrialPruned } from './trial-pruned.ts'
