import type { SqlDatabase } from '../../contract.ts'
import { POSTGRESQL_TABLES } from './postgresql-tables.ts'
import { SQLITE_TABLES } from './sqlite-tables.ts'

/** What differs between the databases that Optuna's schema lives in. Statements take `?` in order. */
export interface Dialect {
  /** Names of the tables that there are; the column is `name`. */
  readonly tableNames: string
  readonly createTables: readonly string[]
  /** Taken before tables are made and before a study is, where a transaction alone does not keep other writers out. */
  readonly lockTables: string | undefined
  readonly lockStudies: string | undefined
  /**
   * Taken first when a trial is created: the schema has no UNIQUE(study_id, number), so only a lock on the study keeps two workers from
   * the same number. Undefined where a transaction alone keeps other writers out.
   */
  readonly lockStudy: string | undefined
  /** Behind a SELECT of a trial that is about to be changed. */
  readonly lockRow: string
  /** The trials of a study whose worker has not been heard of for `?` seconds. */
  readonly staleTrials: string
  /** What stands behind the point of a time: `micros`, a number of microseconds, or `decimals` without trailing zeros. */
  readonly fractions: 'micros' | 'decimals'
}

const stale = (before: string) => `SELECT t.trial_id FROM trials t JOIN trial_heartbeats h ON h.trial_id = t.trial_id
    WHERE t.state = 'RUNNING' AND t.study_id = ? AND h.heartbeat < ${before}`

/** Its transactions let one writer in at a time. */
const sqlite: Dialect = {
  tableNames: "SELECT name FROM sqlite_master WHERE type = 'table'",
  createTables: SQLITE_TABLES,
  lockTables: undefined,
  lockStudies: undefined,
  lockStudy: undefined,
  lockRow: '',
  staleTrials: stale("datetime('now', '-' || ? || ' seconds')"),
  fractions: 'micros',
}

/** Its transactions run side by side: rows are locked, as Optuna locks them. */
const postgresql: Dialect = {
  tableNames: 'SELECT tablename AS name FROM pg_catalog.pg_tables WHERE schemaname = current_schema()',
  createTables: POSTGRESQL_TABLES,
  // Any number that all workers agree on.
  lockTables: 'SELECT pg_advisory_xact_lock(20260912)',
  lockStudies: 'LOCK TABLE studies IN SHARE ROW EXCLUSIVE MODE',
  lockStudy: 'SELECT study_id FROM studies WHERE study_id = ? FOR UPDATE',
  lockRow: ' FOR UPDATE',
  staleTrials: stale("CURRENT_TIMESTAMP - ? * INTERVAL '1 second'"),
  fractions: 'decimals',
}

export const dialectOf = ({ dialect }: SqlDatabase): Dialect => ({ sqlite, postgresql })[dialect]
