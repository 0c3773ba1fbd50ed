import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { type Browser, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Profile } from './closed-loop.ts'
import { studyVectors } from './study-vectors.ts'

/** For a browser: esbuild refuses what only Node has. */
async function bundled(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('browser-worker.ts', import.meta.url))],
    bundle: true,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    write: false,
    logLevel: 'silent',
  })
  return outputFiles[0].text
}

test('studies, samplers and storages need nothing that only Node has', async () => {
  expect(await bundled()).not.toMatch(/\brequire\(|node:/)
})

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
const cases: readonly (readonly [Profile, string, string])[] = [
  ['optuna-5', 'spaces', 'mixed-default'],
  ['optuna-5', 'objectives', 'tpe-two-mixed'],
  ['optuna-5', 'crossovers', 'undx-one'],
  ['optuna-4.9', 'pruners', 'hyperband-minimize'],
]

describe.skipIf(executablePath === undefined)('in a worker of a real browser', () => {
  let browser: Browser
  let code: string
  beforeAll(async () => {
    code = await bundled()
    browser = await chromium.launch({ executablePath, args: ['--headless', '--no-sandbox', '--disable-gpu'] })
  }, 60_000)
  afterAll(() => browser?.close())

  test.each(cases)("%s, %s, %s: Optuna's trials, in memory and in a journal", async (profile, family, name) => {
    const vector = studyVectors(profile, family).find(({ spec }) => spec.name === name)!
    const page = await browser.newPage()
    const answer = await page.evaluate(
      ([text, data]) =>
        new Promise((resolve, reject) => {
          const worker = new Worker(URL.createObjectURL(new Blob([text], { type: 'text/javascript' })))
          worker.onerror = event => reject(new Error(event.message))
          worker.onmessage = event => resolve(event.data)
          worker.postMessage(data)
        }),
      [code, { vector, profile }] as const,
    )
    await page.close()
    expect(answer).toEqual({ inMemory: undefined, inJournal: undefined, trials: vector.rows.length, kernel: 'object' })
  })
})
