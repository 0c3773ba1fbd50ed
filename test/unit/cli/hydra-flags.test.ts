import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { completeLine } from '../../../src/cli/complete-line.ts'
import { answer, appOf } from './hydra-app.ts'

interface Tree<Asked> {
  readonly name: string
  readonly files: Record<string, string>
  readonly asked: readonly Asked[]
}
const vectors = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../../oracle/hydra-cli/vectors/${name}.json`), 'utf8')).cases
const words = (line: string) =>
  [...line.matchAll(/'([^']*)'|((?:\\.|\S)+)/g)].map(([, quoted, plain]) => quoted ?? plain.replace(/\\(.)/g, '$1'))

/** What depends on time and place cannot be compared; our own completion of zsh is not bash's. */
const comparable = (stdout: string) =>
  stdout
    .replace(/\nProfiling information\n[\s\S]*$/, '')
    .replace(/ {4}Zsh - Install:[\s\S]*?\n\n/, '')
    .replace(/\d{4}-\d\d-\d\d\/\d\d-\d\d-\d\d/g, 'NOW')
    .replace(/\| Provider[\s\S]*?(?:\n\n|$)/, table => table.replace(/ +\|$/gm, ' |').replace(/^-+$/gm, '---'))
const ofApp = (stdout: string) => stdout.replaceAll('fitwright run', 'python main.py')

for (const { name, files, asked } of vectors('cli') as Tree<{ line: string; code: number; stdout: string; error?: string }>[]) {
  describe(`flags: ${name}`, () => {
    const app = appOf({ ...files, 'main.py': '' })
    afterAll(app.remove)
    for (const { line, code, stdout, error } of asked) {
      test(`${line} prints what Hydra prints`, async () => {
        const ours = await answer(app, words(line))
        expect({ code: Math.sign(ours.code ?? 0), stdout: comparable(ofApp(ours.stdout)), error: error && ours.error }).toEqual({
          code: Math.sign(code),
          stdout: comparable(stdout),
          error,
        })
      })
    }
  })
}

for (const { name, files, asked } of vectors('completion') as Tree<{ line: string; completions: string[] | { error: string } }>[]) {
  describe(`completion: ${name}`, () => {
    const app = appOf({ ...files, 'main.py': '' })
    afterAll(app.remove)
    for (const { line, completions } of asked) {
      test(`'${line}' is completed as Hydra completes it`, () => {
        const ours = completeLine(app.place(), `fitwright run ${line}`)
        const timeless = (matches: readonly string[]) => matches.map(comparable)
        if (Array.isArray(completions)) expect(timeless(ours)).toEqual(timeless(completions))
        // Hydra's own completion crashes there; the groups are still known
        else expect(ours).toEqual(ours.filter(match => /[=/]|^\w+$/.test(match)))
      })
    }
  })
}
