import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { appendFileSync, writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout } from 'node:timers/promises'
import { type Profile, runStudy, type StudyVector } from '../../unit/study/closed-loop.ts'
import { best, differences } from '../../unit/study/compare-study.ts'
import type { StudySpec } from '../../unit/study/objective.ts'
import { randomStudy, simpler } from './random-study.ts'

/** Random studies by the real Optuna and by us, until time is up. What differs is made smaller and kept as a line of JSON. */
async function main(): Promise<void> {
  const { minutes, seed, only, findings, specs } = options(process.argv.slice(2))
  if (specs !== undefined) return writeSpecs(specs, seed)
  const optuna = new RealOptuna()
  const { profile } = (await optuna.answer()) as { profile: Profile }
  const end = Date.now() + minutes * 60_000
  let studies = 0
  let trials = 0
  let ties = 0
  let found = 0
  for (let i = seed; only === undefined ? Date.now() < end : i === seed; i++) {
    const spec = randomStudy(only ?? i, profile)
    const { difference, vector } = await compare(spec, profile, optuna)
    studies++
    trials += vector?.rows.length ?? 0
    if (difference?.tie) ties++
    else if (difference) {
      found++
      const small = only === undefined ? await shrink(spec, profile, optuna) : spec
      const again = await compare(small, profile, optuna)
      const line = JSON.stringify({ seed: only ?? i, profile, difference: again.difference?.text ?? difference.text, spec: small })
      appendFileSync(findings, `${line}\n`)
      console.log(`\n${line}`)
    }
    if (studies % 20 === 0) console.log(`${profile}: ${studies} studies, ${trials} trials, ${ties} ties, ${found} differences (seed ${i})`)
  }
  console.log(`${profile}: ${studies} studies, ${trials} trials, ${ties} parted at a flagged tie, ${found} differ`)
  optuna.stop()
  process.exit(found > 0 ? 1 : 0)
}

/** Specifications for committed vectors: as random as the others, and long. */
function writeSpecs(count: number, seed: number): void {
  const specs = Array.from({ length: count }, (_, i) => ({ ...randomStudy(seed + i, 'optuna-5'), n_trials: 200 }))
  writeFileSync('test/oracle/optuna/random-studies.json', `[\n${specs.map(spec => JSON.stringify(spec)).join(',\n')}\n]\n`)
}

interface Compared {
  readonly difference?: { readonly text: string; readonly tie: boolean }
  readonly vector?: StudyVector
}

async function compare(spec: StudySpec, profile: Profile, optuna: RealOptuna): Promise<Compared> {
  const theirs = (await optuna.answer(spec)) as (StudyVector & { error?: string }) | undefined
  if (theirs === undefined) return {}
  let ours: Awaited<ReturnType<typeof runStudy>>
  try {
    ours = await runStudy(spec, profile)
  } catch (error) {
    if (theirs.error) return {}
    return { difference: { text: `ours throws ${(error as Error).stack?.slice(0, 400)}`, tie: false } }
  }
  if (theirs.error) return { difference: { text: `theirs throws ${theirs.error}`, tie: false } }
  return { difference: best(differences(theirs, ours)), vector: theirs }
}

async function shrink(spec: StudySpec, profile: Profile, optuna: RealOptuna): Promise<StudySpec> {
  let small = spec
  const deadline = Date.now() + 60_000
  for (let again = true; again && Date.now() < deadline; ) {
    again = false
    for (const candidate of simpler(small)) {
      if (Date.now() > deadline) break
      const { difference } = await compare(candidate, profile, optuna)
      if (difference && !difference.tie) {
        small = candidate
        again = true
        break
      }
    }
  }
  return small
}

/** Some studies of four objectives take minutes, and a crossover may never come to a child within the bounds. */
const PATIENCE = 90_000

/** A Python process that runs the real library, one study after another. */
class RealOptuna {
  #process!: ChildProcessWithoutNullStreams
  #lines!: AsyncIterator<string>

  constructor() {
    this.#start()
  }

  #start(): void {
    const python = process.env.FITWRIGHT_PYTHON
    if (!python) throw new Error('Name a Python that has optuna: --python VENV/bin/python')
    this.#process = spawn(python, ['test/oracle/optuna/serve.py'], { env: { ...process.env, OMP_NUM_THREADS: '1' } })
    this.#process.stderr.pipe(process.stderr)
    this.#lines = createInterface(this.#process.stdout)[Symbol.asyncIterator]()
  }

  /** Undefined when it takes too long. */
  async answer(spec?: StudySpec): Promise<unknown> {
    if (spec) this.#process.stdin.write(`${JSON.stringify(spec)}\n`)
    const impatient = new AbortController()
    const line = await Promise.race([
      this.#lines.next(),
      setTimeout(PATIENCE, undefined, { signal: impatient.signal }).catch(() => undefined),
    ])
    impatient.abort()
    if (line === undefined) {
      console.log(`${spec?.name}: left out, the real library needs more than ${PATIENCE / 1000} s`)
      this.stop()
      this.#start()
      await this.answer()
      return undefined
    }
    const { value, done } = line
    if (done) throw new Error('the real library ended')
    return JSON.parse(value)
  }

  stop(): void {
    this.#process.kill()
  }
}

function options(args: readonly string[]) {
  const value = (name: string) => {
    const i = args.indexOf(name)
    return i >= 0 ? args[i + 1] : undefined
  }
  const only = value('--study')
  return {
    minutes: Number(value('--minutes') ?? 1),
    seed: Number(value('--seed') ?? Date.now() % 1_000_000_000),
    only: only === undefined ? undefined : Number(only),
    specs: value('--specs') === undefined ? undefined : Number(value('--specs')),
    findings: value('--findings') ?? 'artifacts/fuzz-optuna.jsonl',
  }
}

await main()
