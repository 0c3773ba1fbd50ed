import * as library from '../../../src/study/index.ts'
import { firstDifference, type Profile, runStudy, type StudyVector } from './closed-loop.ts'
import { MemoryJournal } from './memory-journal.ts'

/** Runs in a worker of a browser: a study in memory and one in a journal, and what differs from Optuna's trials. */
self.onmessage = async ({ data }: MessageEvent<{ readonly vector: StudyVector; readonly profile: Profile }>) => {
  try {
    const { vector, profile } = data
    const inMemory = firstDifference(vector, await runStudy(vector.spec, profile))
    const file = new MemoryJournal()
    await runStudy(vector.spec, profile, new library.JournalStorage(file, { profile }))
    // What another process finds in the file.
    const read = library.loadStudy({ storage: new library.JournalStorage(file, { profile }), studyName: vector.spec.name })
    self.postMessage({ inMemory, inJournal: firstDifference(vector, read), trials: read.trials.length, kernel: typeof WebAssembly })
  } catch (error) {
    self.postMessage({ error: String((error as Error).stack) })
  }
}
