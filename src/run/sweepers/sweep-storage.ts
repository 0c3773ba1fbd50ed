import { type ConfigNode, child, stringOf } from '../../config/node.ts'
import { ProblemError } from '../../config/problems.ts'
import type { Platform } from '../../platform/ports.ts'
import { JournalStorage, openStorage, type Storage } from '../../study/index.ts'
import { jobProblem, placesOf } from '../config-places.ts'
import { resolvePath } from '../paths.ts'
import { runFiles } from '../run-folder.ts'
import { storageText } from '../storage-text.ts'

/** A study's storage and how the sweeper's log names it. */
export interface SweepStorage {
  readonly storage: Storage
  readonly text: string
  /** Where it is when it is not the journal of the sweep's folder. */
  readonly place?: string
  close(): void
}

/**
 * `hydra.sweeper.storage`. Null keeps the study in the sweep's folder, in Optuna's journal format, so that it can be watched and gone on with;
 * a JournalStorage names a file of its own.
 *
 * @throws ProblemError for a storage that is not built in
 */
export function sweepStorage({ files, clock, environment }: Platform, node: ConfigNode | undefined, sweepDir: string): SweepStorage {
  const url = stringOf(node)
  if (url !== undefined) {
    const place = storageText(environment.cwd, url)
    const storage = openStorage(place, files, { now: () => clock.now() })
    return { storage, text: url, place, close: () => storage.close() }
  }
  const path = node ? journalPath(node) : `${sweepDir}/${runFiles.journal}`
  if (path === undefined) {
    throw new ProblemError(
      jobProblem(
        'sweep/storage',
        `The storage ${stringOf(node) ?? stringOf(child(node, '_target_')) ?? ''} is not built in.`,
        placesOf(node),
        {
          hint: 'Leave hydra.sweeper.storage null (a journal in the sweep folder), name sqlite:///FILE, or use optuna.storages.JournalStorage with a JournalFileBackend.',
        },
      ),
    )
  }
  const full = resolvePath(environment.cwd, path)
  const file = files.openJournal(full)
  return {
    storage: new JournalStorage(file, { now: () => clock.now() }),
    text: node ? path : 'None',
    ...(node ? { place: full } : {}),
    close: () => file.close(),
  }
}

/** `{_target_: optuna.storages.JournalStorage, log_storage: {_target_: …JournalFileBackend, file_path: study.log}}`. */
function journalPath(node: ConfigNode): string | undefined {
  if (node.kind !== 'map' || !stringOf(child(node, '_target_'))?.endsWith('JournalStorage')) return undefined
  const backend = child(node, 'log_storage')
  return stringOf(child(backend, 'file_path')) ?? stringOf(child(backend, 'file'))
}
