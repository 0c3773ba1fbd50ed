import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { readStudy, toldValue } from './worker.ts'

export interface TortureOptions {
  /** Or the address of an empty PostgreSQL database. */
  readonly storage: 'journal' | 'sqlite' | `postgresql://${string}`
  readonly kills: number
  /** The bundled worker. */
  readonly worker: string
  readonly node?: string
  /** Another program that works on the same study all the time: command and arguments; `{place}` is the storage. */
  readonly beside?: readonly string[]
  readonly say?: (line: string) => void
  /** In [0, 1). */
  readonly random?: () => number
}

/** Kills a working process again and again, and counts what it said it had told. Throws when something is lost, doubled or unreadable. */
export async function torture(
  options: TortureOptions,
): Promise<{ readonly told: number; readonly complete: number; readonly running: number }> {
  const { storage, kills, say = () => {}, random = Math.random } = options
  const folder = mkdtempSync(join(tmpdir(), 'fitwright-torture-'))
  const place = storage.startsWith('postgresql:') ? storage : join(folder, storage === 'journal' ? 'journal.log' : 'study.db')
  const told = new Set<number>()
  const neighbour = await startBeside(options, place)
  try {
    // The study exists before the first kill.
    await run(options, place, told, 1)
    for (let kill = 0; kill < kills; kill++) {
      await workAndDie(options, place, told, random)
      check(place, told)
      if ((kill + 1) % 20 === 0) say(`${storage}: ${kill + 1} kills, ${told.size} trials told`)
    }
    await stopped(neighbour)
    const before = check(place, told)
    const until = before.complete + 20
    await run(options, place, told, until)
    const after = check(place, told)
    if (after.complete !== until) throw new Error(`${after.complete} trials are complete, expected ${until}`)
    return { told: told.size, complete: after.complete, running: after.running }
  } finally {
    neighbour?.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Every told trial is there, once, with its value; numbers are contiguous. */
function check(place: string, told: ReadonlySet<number>): { readonly complete: number; readonly running: number } {
  const study = readStudy(place)
  try {
    const { trials } = study
    for (const [i, trial] of trials.entries()) if (trial.number !== i) throw new Error(`place ${i} holds trial ${trial.number}`)
    for (const number of told) {
      if (trials[number]?.state !== 'COMPLETE') throw new Error(`trial ${number} was told and is ${trials[number]?.state}`)
    }
    for (const { number, state, values } of trials) {
      if (state === 'COMPLETE' && values![0] !== toldValue(number)) throw new Error(`trial ${number} has the value ${values![0]}`)
    }
    const { COMPLETE, RUNNING } = study.countStates()
    return { complete: COMPLETE, running: RUNNING }
  } finally {
    study.storage.close()
  }
}

/** Stops the other program and waits until it has stopped: from then on nothing changes. */
async function stopped(neighbour: ChildProcess | undefined): Promise<void> {
  if (neighbour === undefined) return
  const ended = new Promise(done => neighbour.once('exit', done))
  neighbour.kill('SIGTERM')
  await ended
}

const start = ({ node = process.execPath, worker }: TortureOptions, place: string, until: number): ChildProcess =>
  spawn(node, ['--no-warnings', worker, 'work', place, 'random', String(until)], { stdio: ['ignore', 'pipe', 'inherit'] })

/**
 * Kills the worker at a random instant of its work: after it has told some trials (none to eight), as far into the next one as chance
 * says, by how long the last one took.
 */
async function workAndDie(options: TortureOptions, place: string, told: Set<number>, random: () => number): Promise<void> {
  const child = start(options, place, Number.POSITIVE_INFINITY)
  const ended = new Promise(done => child.once('exit', done))
  const lives = Math.floor(random() * 9)
  let own = 0
  let last = performance.now()
  let isDue = false
  for await (const line of createInterface(child.stdout!)) {
    const now = performance.now()
    const took = now - last
    last = now
    if (line.startsWith('told ')) {
      told.add(Number(line.slice(5)))
      own++
    }
    if (own < lives || isDue) continue
    isDue = true
    killAt(child, now + random() * Math.max(took, 1) * 1.2)
  }
  await ended
}

/** Closer than a timer's millisecond. */
function killAt(child: ChildProcess, instant: number): void {
  if (performance.now() >= instant) child.kill('SIGKILL')
  else setImmediate(killAt, child, instant)
}

async function run(options: TortureOptions, place: string, told: Set<number>, until: number): Promise<void> {
  const child = start(options, place, until)
  for await (const line of createInterface(child.stdout!)) if (line.startsWith('told ')) told.add(Number(line.slice(5)))
}

async function startBeside({ beside, say = () => {} }: TortureOptions, place: string): Promise<ChildProcess | undefined> {
  if (beside === undefined) return undefined
  const [command, ...args] = beside.map(part => part.replace('{place}', place))
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  await new Promise<void>(ready => createInterface(child.stdout!).once('line', () => ready()))
  say(`beside: ${command}`)
  if (place.startsWith('/') && !existsSync(place)) throw new Error('the other program made no storage')
  return child
}
