import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { isDeepStrictEqual } from 'node:util'
import { type Answer, askOurs, comparable, type Question } from '../ask-ours.ts'
import { Random } from './random.ts'
import { randomQuestion } from './random-question.ts'
import { shrink } from './shrink.ts'

export interface FuzzOptions {
  readonly python: string
  /** `ask.py` */
  readonly script: string
  readonly minutes: number
  readonly seed: number
  /** Asks of structured configs: `random_schemas.py`, which writes the questions. */
  readonly schemas?: string
  /** Where differences are appended, a JSON object a line. */
  readonly findings: string
}

/** The real Hydra in a process of its own, which answers question after question. */
class RealHydra {
  private readonly child: ChildProcess
  private readonly waiting: ((answer: Answer) => void)[] = []

  constructor(python: string, script: string) {
    this.child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] })
    createInterface({ input: this.child.stdout! }).on('line', line => this.waiting.shift()?.(JSON.parse(line)))
    this.child.on('exit', () => {
      if (this.waiting.length > 0) throw new Error('the real Hydra has gone')
    })
  }

  ask(question: unknown): Promise<Answer> {
    this.child.stdin!.write(`${JSON.stringify(question)}\n`)
    return new Promise(resolve => this.waiting.push(resolve))
  }

  end(): void {
    this.child.stdin!.end()
  }
}

/** Both answers, as far as both must agree; undefined where Python took too long. */
interface Pair {
  readonly real?: unknown
  readonly ours?: unknown
}

/** As many questions are on their way to Python, so that it never waits. */
const AHEAD = 8

/** Asks the real Hydra and ours random questions until the time is over; differences are shrunk and written. Resolves to their number. */
export async function fuzz({ python, script, minutes, seed, schemas, findings }: FuzzOptions): Promise<number> {
  const hydra = new RealHydra(python, script)
  const questions = schemas ? schemaQuestions(python, schemas, seed) : randomQuestions(seed)
  const both = async (question: Question, at: number): Promise<Pair> => {
    // the final list and Hydra's own node cost as much as the composition, and what is wrong in them mostly shows in the config too
    const rows = at % 8 === 0 && question.rows !== false
    const whole = at % 8 === 1
    const resolve = question.what === undefined || question.resolve === true
    const real = await hydra.ask({ ...question, resolve, rows, hydra: whole })
    if ('tooLong' in real) return {}
    const ours = { ...safely(() => askOurs({ ...question, resolve })) }
    if (!rows) delete (ours as { defaults?: unknown }).defaults
    if (!whole) delete (ours as { hydra?: unknown }).hydra
    return { real: plain(comparable(real, real)), ours: plain(comparable(ours, real)) }
  }

  let end = Date.now() + minutes * 60_000
  // stopped early it still tells what it asked
  process.once('SIGTERM', () => {
    end = 0
  })
  const counts = { asked: 0, composed: 0, tooLong: 0, different: 0 }
  const under = new Map<number, { question: Question; pair: Promise<Pair> }>()
  let next = seed
  for (let at = seed; Date.now() < end || under.size > 0; at++) {
    for (; under.size < AHEAD && Date.now() < end; next++) {
      const question = questions.next().value
      under.set(next, { question, pair: both(question, next) })
    }
    const asked = under.get(at)
    if (!asked) break
    under.delete(at)
    const { real, ours } = await asked.pair
    counts.asked++
    if (real === undefined) counts.tooLong++
    else if (!('error' in (real as object))) counts.composed++
    if (isDeepStrictEqual(real, ours)) continue
    counts.different++
    const small = await shrink(asked.question, async smaller => {
      // text less a line is no schema any more
      if (schemas && !sameSchemas(smaller.files ?? {}, asked.question.files ?? {})) return false
      const pair = await both(smaller, at)
      return !isDeepStrictEqual(pair.real, pair.ours)
    })
    const text = JSON.stringify({ seed: at, question: small, ...(await both(small, at)) })
    appendFileSync(findings, `${text}\n`)
    console.log(text)
  }
  hydra.end()
  console.log(
    `${counts.asked} questions, ${counts.composed} composed, ${counts.tooLong} took Python too long, ${counts.different} different (seeds ${seed} to ${next - 1})`,
  )
  return counts.different
}

function* randomQuestions(seed: number): Generator<Question, never> {
  for (let next = seed; ; next++) yield randomQuestion(new Random(next))
}

/** Trees that are made in one go; each has six command lines. */
const TREES = 50

function* schemaQuestions(python: string, script: string, seed: number): Generator<Question, never> {
  for (let batch = seed; ; batch++) {
    const lines = execFileSync(python, [script, String(batch), String(TREES), '-'], { encoding: 'utf8', maxBuffer: 1 << 28 })
    for (const line of lines.trim().split('\n')) yield JSON.parse(line)
  }
}

const sameSchemas = (some: Readonly<Record<string, string>>, all: Readonly<Record<string, string>>): boolean =>
  Object.entries(all).every(([path, text]) => !path.endsWith('.json') || some[path] === text)

const plain = (value: unknown) => JSON.parse(JSON.stringify(value ?? null))

function safely(ask: () => Answer): Answer {
  try {
    return ask()
  } catch (error) {
    return { error: { text: `CRASH ${error instanceof Error ? error.stack : String(error)}` } }
  }
}
