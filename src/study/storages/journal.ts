import type { Direction, Distribution, FrozenTrial, JournalFile, Storage, TrialState } from '../contract.ts'
import { StudyError } from '../contract.ts'
import { parseJson } from '../python-json.ts'
import { randomUuid } from '../random-uuid.ts'
import { JournalLines } from './journal-lines.ts'
import { type JournalLine, JournalReplay } from './journal-replay.ts'
import type { TimeStyle } from './journal-time.ts'
import type { TrialTemplate } from './study-records.ts'

export interface JournalOptions {
  /** Whose times are written into an empty journal: Optuna 5's (UTC, the default) or Optuna 4.9's (local). A journal with lines keeps its style. */
  readonly profile?: 'optuna-5' | 'optuna-4.9'
  readonly now?: () => Date
  /** Unique per writer; made up when not given. */
  readonly workerId?: string
}

const CHUNK = 1 << 24
const NEWLINE = 10

/**
 * Optuna's JournalStorage: every operation is a line of a file, and the file's replay is the study.
 *
 * Creating studies and trials and claiming waiting trials is written at once, because the file's order decides who gets which number.
 * Everything else about a running trial is kept back and written in one append when it is told (`flush`), durable.
 */
export class JournalStorage implements Storage {
  readonly #file: JournalFile
  readonly #lines: JournalLines
  readonly #workerId: string
  readonly #now: () => Date
  #style: TimeStyle
  #replay: JournalReplay
  /** Bytes of whole lines that have been read. */
  #offset = 0
  /** Whether something without an end follows. */
  #torn = false
  /** A whole last line that cannot be read. Writing after it would make the journal unreadable for everyone. */
  #unreadable: StudyError | undefined
  /** Own lines whose effect is in the replay already, as the file will show them: first those that are written, then the others. */
  readonly #own: string[] = []
  #written = 0
  /** Trials and attributes that own lines are about. */
  readonly #touched = new Set<string>()

  constructor(file: JournalFile, options: JournalOptions = {}) {
    const { profile = 'optuna-5', now = () => new Date(), workerId = `${randomUuid()}-1` } = options
    this.#file = file
    this.#workerId = workerId
    this.#now = now
    this.#style = profile === 'optuna-5' ? 'utc' : 'local'
    this.#lines = new JournalLines(workerId)
    this.#replay = new JournalReplay(workerId)
    this.sync()
  }

  get #records() {
    return this.#replay.records
  }

  createStudy(name: string, directions: readonly Direction[]): number {
    this.sync()
    this.#writeAndRead(this.#lines.createStudy(name, directions))
    return this.#records.studyIdOf(name)!
  }

  deleteStudy(studyId: number): void {
    this.sync()
    this.#records.study(studyId)
    this.#writeAndRead(this.#lines.deleteStudy(studyId))
  }

  studyIdOf(name: string): number | undefined {
    return this.#records.studyIdOf(name)
  }

  studies(): ReturnType<Storage['studies']> {
    return this.#records.studies()
  }

  studyUserAttrs(studyId: number): ReadonlyMap<string, unknown> {
    return this.#records.study(studyId).userAttrs
  }

  studySystemAttrs(studyId: number): ReadonlyMap<string, unknown> {
    return this.#records.study(studyId).systemAttrs
  }

  setStudyUserAttr(studyId: number, key: string, value: unknown): void {
    this.#records.study(studyId).userAttrs.set(key, value)
    this.#keep(this.#lines.studyAttr(2, studyId, key, value), `study ${studyId}`)
  }

  setStudySystemAttr(studyId: number, key: string, value: unknown): void {
    this.#records.study(studyId).systemAttrs.set(key, value)
    this.#keep(this.#lines.studyAttr(3, studyId, key, value), `study ${studyId}`)
  }

  trials(studyId: number): readonly FrozenTrial[] {
    return this.#records.study(studyId).trials
  }

  trial(trialId: number): FrozenTrial {
    return this.#records.trial(trialId)
  }

  createTrial(studyId: number, template?: TrialTemplate): number {
    this.sync()
    this.#records.study(studyId)
    this.#writeAndRead(this.#lines.createTrial(studyId, template, this.#now(), this.#style))
    return this.#replay.lastCreated
  }

  setTrialParam(trialId: number, name: string, internal: number, distribution: Distribution): void {
    this.#records.setParam(trialId, name, internal, distribution)
    this.#keep(this.#lines.param(trialId, name, internal, distribution), `trial ${trialId}`)
  }

  setTrialState(trialId: number, state: TrialState, values: readonly number[] | null = null): boolean {
    const now = this.#now()
    const line = this.#lines.state(trialId, state, values, now, this.#style)
    if (state !== 'RUNNING') {
      this.#records.setState(trialId, state, values, now)
      this.#keep(line, `trial ${trialId}`)
      return true
    }
    this.sync()
    if (this.#records.unfinished(trialId).state !== 'WAITING') return false
    this.#writeAndRead(line)
    return this.#replay.owned.has(trialId)
  }

  setTrialIntermediateValue(trialId: number, step: number, value: number): void {
    this.#records.unfinished(trialId).intermediateValues.set(step, value)
    this.#keep(this.#lines.intermediateValue(trialId, step, value), `trial ${trialId}`)
  }

  setTrialUserAttr(trialId: number, key: string, value: unknown): void {
    this.#records.unfinished(trialId).userAttrs.set(key, value)
    this.#keep(this.#lines.trialAttr(8, trialId, key, value), `trial ${trialId}`)
  }

  setTrialSystemAttr(trialId: number, key: string, value: unknown): void {
    this.#records.unfinished(trialId).systemAttrs.set(key, value)
    this.#keep(this.#lines.trialAttr(9, trialId, key, value), `trial ${trialId}`)
  }

  /**
   * Reads what was written since, by anyone.
   *
   * @throws StudyError `study/journal-damaged` with the offset of a line that cannot be read
   */
  sync(): void {
    if (this.#read()) this.#startOver()
  }

  /** Writes what was kept back; when it returns, all of it is on disk. Does nothing when nothing was kept back. */
  flush(): void {
    if (this.#own.length === 0) return
    this.sync()
    const rest = this.#own.slice(this.#written)
    if (rest.length === 0) return
    this.#prepareTail()
    this.#file.append(`${rest.join('\n')}\n`, true)
    this.#written = this.#own.length
  }

  close(): void {
    this.flush()
    this.#file.close()
  }

  #keep(line: string, about: string): void {
    this.#own.push(line)
    this.#touched.add(about)
  }

  /** Writes an operation whose outcome the file decides. What was kept back goes first, so that the order of events stays. */
  #writeAndRead(line: string): void {
    this.flush()
    this.#prepareTail()
    this.#file.append(`${line}\n`, false)
    this.sync()
  }

  #prepareTail(): void {
    if (this.#unreadable !== undefined) throw this.#unreadable
    if (!this.#torn) return
    this.#file.truncate(this.#offset)
    this.#torn = false
  }

  /** Applies new lines; true when another worker changed what own lines are about before these were written. */
  #read(): boolean {
    const bytes = this.#file.read(this.#offset)
    this.#torn = false
    this.#unreadable = undefined
    let overtaken = false
    let start = 0
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
    while (start < bytes.length) {
      let end = start + CHUNK < bytes.length ? bytes.lastIndexOf(NEWLINE, start + CHUNK) : bytes.lastIndexOf(NEWLINE)
      if (end < start) end = bytes.indexOf(NEWLINE, start)
      if (end < start) {
        this.#torn = true
        return overtaken
      }
      const text = decoder.decode(bytes.subarray(start, end + 1))
      for (let from = 0; from < text.length; ) {
        const to = text.indexOf('\n', from)
        const line = text.slice(from, to)
        const isLast = to + 1 === text.length && end + 1 === bytes.length
        const at = this.#offset
        from = to + 1
        this.#offset += (isAscii(line) ? line.length : encodedLength(line)) + 1
        if (this.#own.length > 0 && this.#written > 0 && line === this.#own[0]) {
          this.#own.shift()
          this.#written--
          if (this.#own.length === 0) this.#touched.clear()
        } else {
          const parsed = this.#parse(line, at, isLast)
          if (parsed === undefined) return overtaken
          if (this.#touched.size > 0 && this.#isAboutOwn(parsed)) overtaken = true
          this.#apply(parsed, at)
        }
      }
      start = end + 1
    }
    return overtaken
  }

  /** Undefined for a last line that cannot be read: its writer may have died, and Optuna leaves it alone as well. */
  #parse(line: string, at: number, isLast: boolean): JournalLine | undefined {
    try {
      const parsed = parseJson(line.startsWith('\ufeff') ? line.slice(1) : line)
      if (typeof parsed !== 'object' || parsed === null) throw new TypeError('a line is an object')
      return parsed as JournalLine
    } catch (error) {
      const damaged = this.#damaged(error, at)
      if (!isLast) throw damaged
      this.#unreadable = damaged
      return undefined
    }
  }

  #apply(line: JournalLine, start: number): void {
    try {
      this.#replay.apply(line)
    } catch (error) {
      if (error instanceof StudyError && error.code !== 'study/bad-distribution') {
        // The line is read, and it had no effect: who wrote it gets to know.
        throw error
      }
      throw this.#damaged(error, start)
    }
    const at = line.datetime_complete ?? line.datetime_start
    if (typeof at === 'string') this.#style = /(?:Z|[+-]\d\d:?\d\d)$/.test(at) ? 'utc' : 'local'
  }

  /** Leaves the line unread: what it would do is unknown, so nothing after it can be trusted. */
  #damaged(error: unknown, offset: number): StudyError {
    this.#offset = offset
    const reason = error instanceof Error ? error.message : String(error)
    return new StudyError('study/journal-damaged', 'ValueError', `Invalid log format. (${reason})`, {
      offset,
      hint: `The line at byte ${offset} cannot be read. Nothing was written. Lines before it are intact.`,
    })
  }

  #isAboutOwn(line: JournalLine): boolean {
    return this.#touched.has(`trial ${line.trial_id}`) || (line.trial_id === undefined && this.#touched.has(`study ${line.study_id}`))
  }

  /** Replays the file, whose order is the truth, and puts what was not written yet on top of it. */
  #startOver(): void {
    const unwritten = this.#own.slice(this.#written)
    this.#own.length = 0
    this.#written = 0
    this.#touched.clear()
    this.#offset = 0
    this.#replay = new JournalReplay(this.#workerId)
    this.#read()
    for (const line of unwritten) {
      const parsed = parseJson(line) as JournalLine
      this.#replay.apply(parsed)
      this.#keep(line, parsed.trial_id === undefined ? `study ${parsed.study_id}` : `trial ${parsed.trial_id}`)
    }
  }
}

const isAscii = (text: string): boolean => !/[^\u0000-\u007f]/.test(text)
const encodedLength = (text: string): number => new TextEncoder().encode(text).length
