import { spawn } from 'node:child_process'
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
  /** Where differences are appended, a JSON object a line. */
  readonly findings: string
}

/** Asks the real Hydra and ours random questions until the time is over; differences are shrunk and written. Resolves to their number. */
export async function fuzz({ python, script, minutes, seed, findings }: FuzzOptions): Promise<number> {
  const child = spawn(python, [script], { stdio: ['pipe', 'pipe', 'inherit'] })
  const replies = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const askReal = async (question: Question): Promise<Answer> => {
    // the final list costs as much as the composition, and what is wrong in it mostly shows in the config too
    child.stdin.write(`${JSON.stringify({ ...question, resolve: true, rows: withRows })}\n`)
    const { value, done } = await replies.next()
    if (done) throw new Error('the real Hydra has gone')
    return JSON.parse(value)
  }
  let withRows = true
  const both = async (question: Question) => {
    const real = await askReal(question)
    if ('tooLong' in real) return { real: undefined, ours: undefined }
    const ours = safely(() => askOurs({ ...question, resolve: true }))
    if (!withRows) delete (ours as { defaults?: unknown }).defaults
    return { real: comparable(real, real), ours: comparable(ours, real) }
  }
  const differs = async (question: Question) => {
    const { real, ours } = await both(question)
    return !isDeepStrictEqual(plain(real), plain(ours))
  }

  const end = Date.now() + minutes * 60_000
  const counts = { asked: 0, composed: 0, different: 0 }
  for (let at = seed; Date.now() < end; at++) {
    const question = randomQuestion(new Random(at))
    withRows = at % 8 === 0
    const { real, ours } = await both(question)
    counts.asked++
    if (real && !('error' in (real as object))) counts.composed++
    if (isDeepStrictEqual(plain(real), plain(ours))) continue
    counts.different++
    const small = await shrink(question, differs)
    const answers = await both(small)
    const text = JSON.stringify({ seed: at, question: small, ...answers })
    appendFileSync(findings, `${text}\n`)
    console.log(text)
  }
  child.stdin.end()
  console.log(
    `${counts.asked} questions, ${counts.composed} composed, ${counts.different} different (seeds ${seed} to ${seed + counts.asked - 1})`,
  )
  return counts.different
}

const plain = (value: unknown) => JSON.parse(JSON.stringify(value ?? null))

function safely(ask: () => Answer): Answer {
  try {
    return ask()
  } catch (error) {
    return { error: { text: `CRASH ${error instanceof Error ? error.stack : String(error)}` } }
  }
}
