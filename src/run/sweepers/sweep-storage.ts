import { toPlain } from '../../config/index.ts'
import { type ConfigNode, child, stringOf } from '../../config/node.ts'
import { ProblemError } from '../../config/problems.ts'
import type { Platform } from '../../platform/ports.ts'
import { type Direction, JournalStorage, openStorage, type Storage, StudyError } from '../../study/index.ts'
import { valueText } from '../../study/python-text.ts'
import { jobProblem, placesOf } from '../config-places.ts'
import { runFiles } from '../run-folder.ts'
import { atStorage, requireStorageFolder, storageText } from '../storage-text.ts'

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
export function sweepStorage(platform: Platform, node: ConfigNode | undefined, sweepDir: string): SweepStorage {
  const { files, clock } = platform
  const now = () => clock.now()
  if (!node) {
    const file = files.openJournal(`${sweepDir}/${runFiles.journal}`)
    return { storage: new JournalStorage(file, { now }), text: 'None', close: () => file.close() }
  }
  const { place, text } = storagePlace(platform, node)
  const storage = atStorage(node, () => openStorage(place, files, { now }))
  return { storage, text, place, close: () => storage.close() }
}

/**
 * The study of a name in a storage of its own, before anything is written to it; undefined where there is none yet.
 *
 * @throws ProblemError at the config's line for a storage that cannot be used: not built in, no storage at all, of a newer schema, damaged
 */
export function storedStudy(
  platform: Platform,
  node: ConfigNode,
  name: string | undefined,
): { readonly studyName: string; readonly directions: readonly Direction[] } | undefined {
  const { files, clock } = platform
  const { place } = storagePlace(platform, node)
  requireStorageFolder(files, place, node)
  return atStorage(node, () => {
    try {
      const storage = openStorage(place, files, { now: () => clock.now(), readOnly: true })
      try {
        const study = storage.studies().find(one => one.name === name)
        return study && { studyName: study.name, directions: study.directions }
      } finally {
        storage.close()
      }
    } catch (error) {
      if (error instanceof StudyError && error.code === 'study/no-storage') return undefined
      throw error
    }
  })
}

function storagePlace({ environment }: Pick<Platform, 'environment'>, node: ConfigNode): { readonly place: string; readonly text: string } {
  const text = stringOf(node) ?? placeOfTarget(node)
  if (text !== undefined) return { place: storageText(environment.cwd, text), text }
  throw new ProblemError(
    jobProblem(
      'sweep/storage',
      `The storage ${stringOf(child(node, '_target_')) ?? valueText(toPlain(node))} is not built in.`,
      placesOf(node),
      {
        hint: 'Leave hydra.sweeper.storage null (a journal in the sweep folder), name sqlite:///FILE, or use optuna.storages.JournalStorage with a JournalFileBackend.',
      },
    ),
  )
}

/** `{_target_: optuna.storages.JournalStorage, log_storage: {_target_: …JournalFileBackend, file_path: study.log}}`, or an RDBStorage with its `url`. */
function placeOfTarget(node: ConfigNode): string | undefined {
  if (node.kind === 'map' && stringOf(child(node, '_target_'))?.endsWith('RDBStorage')) return stringOf(child(node, 'url'))
  if (node.kind !== 'map' || !stringOf(child(node, '_target_'))?.endsWith('JournalStorage')) return undefined
  const backend = child(node, 'log_storage')
  return stringOf(child(backend, 'file_path')) ?? stringOf(child(backend, 'file'))
}
