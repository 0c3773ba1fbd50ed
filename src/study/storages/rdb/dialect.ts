import type { SqlDatabase } from '../../contract.ts'
import { SQLITE_TABLES } from './sqlite-tables.ts'

/** What differs between the databases that Optuna's schema lives in. Statements take `?` in order. */
export interface Dialect {
  /** Names of the tables that there are; the column is `name`. */
  readonly tableNames: string
  readonly createTables: readonly string[]
  /**
   * Taken first when a trial is created: the schema has no UNIQUE(study_id, number), so only a lock on the study keeps two workers from
   * the same number. Undefined where a transaction alone keeps other writers out.
   */
  readonly lockStudy: string | undefined
  /** The trials of a study whose worker has not been heard of for `?` seconds. */
  readonly staleTrials: string
}

const sqlite: Dialect = {
  tableNames: "SELECT name FROM sqlite_master WHERE type = 'table'",
  createTables: SQLITE_TABLES,
  lockStudy: undefined,
  staleTrials: `SELECT t.trial_id FROM trials t JOIN trial_heartbeats h ON h.trial_id = t.trial_id
    WHERE t.state = 'RUNNING' AND t.study_id = ? AND h.heartbeat < datetime('now', '-' || ? || ' seconds')`,
}

export const dialectOf = ({ dialect }: SqlDatabase): Dialect => ({ sqlite })[dialect]
