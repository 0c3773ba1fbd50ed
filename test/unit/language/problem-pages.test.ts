import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../../..')
const textFiles = (folder: string, ending: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => path.endsWith(ending))

const pages = textFiles('docs/problems', '.md').map(path => path.slice(0, -'.md'.length))
const areas = [...new Set(pages.map(page => page.split('/')[0]))]
const literal = new RegExp(`'((?:${areas.join('|')})/[a-z][a-z-]+)'`, 'g')

/** Codes that the source puts together, and texts that look like codes. */
const composed = ['study/not-a-sampler', 'study/not-a-pruner', 'task/no-model', 'task/no-data']
const noCodes = ['study/not-a-']

const emitted = new Set(composed)
for (const path of textFiles('src', '.ts')) {
  const text = readFileSync(join(root, 'src', path), 'utf8')
  for (const [, code] of text.matchAll(literal)) if (!noCodes.includes(code)) emitted.add(code)
}

test('each problem code has a page', () => {
  expect([...emitted].filter(code => !pages.includes(code))).toEqual([])
})

test('each page is about a code that there is', () => {
  expect(pages.filter(page => !emitted.has(page))).toEqual([])
})

test('each page begins with its code and says what to do', () => {
  for (const page of pages) {
    const text = readFileSync(join(root, 'docs/problems', `${page}.md`), 'utf8')
    expect(text.startsWith(`# ${page}\n`), page).toBe(true)
    expect(text, page).toContain('**What to do.**')
  }
})
