import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  codeLenses,
  complete,
  completeOverride,
  definition,
  diagnose,
  documentLinks,
  documentSymbols,
  hover,
  inlayHints,
  references,
} from '../../../src/language/index.ts'
import { offsetAt, positionAt } from '../../../src/language/positions.ts'
import { conf, modelOf } from './marked-project.ts'
import { titanic } from './titanic-project.ts'

const everything = Object.entries(titanic).filter(([name]) => name.endsWith('.yaml'))
const pieces = [
  '\n',
  '  ',
  '- ',
  ': ',
  '${',
  '}',
  '[',
  '{',
  '"',
  "'",
  '#',
  '&a',
  '*a',
  '_target_',
  'defaults:\n  - ',
  '???',
  '@',
  '\t',
  '|',
  '>',
  '__proto__',
  'é',
  '\r\n',
  'override ',
  '.',
  '/',
]

/** A file of the example with a few stretches cut out and a few pieces put in. */
const damaged = fc
  .record({
    file: fc.integer({ min: 0, max: everything.length - 1 }),
    cuts: fc.array(fc.tuple(fc.nat(200), fc.nat(20), fc.constantFrom('', ...pieces)), { maxLength: 6 }),
    at: fc.nat(300),
  })
  .map(({ file, cuts, at }) => {
    const [name, text] = everything[file]
    const changed = cuts.reduce((before, [start, length, piece]) => {
      const from = start % (before.length + 1)
      return before.slice(0, from) + piece + before.slice(from + length)
    }, text)
    return { name, text: changed, at: at % (changed.length + 1) }
  })

test('no text and no position makes any answer throw, and ranges stay within the text', () => {
  fc.assert(
    fc.property(damaged, ({ name, text, at }) => {
      const project = conf(titanic)
      const path = `/project/conf/${name}`
      const model = modelOf(project)
      model.files.open(path, text)
      const source = model.files.read(path)!
      // Editors never point between `\r` and `\n`.
      const position = positionAt(source, offsetAt(source, positionAt(source, at)))
      const whole = { start: positionAt(source, 0), end: positionAt(source, source.text.length) }
      const lines = whole.end.line
      for (const { range } of diagnose(model, path)) expect(range.end.line).toBeLessThanOrEqual(lines)
      for (const { replace } of complete(model, path, position)) {
        expect(replace.start.line).toBe(position.line)
        expect(replace.start.character).toBeLessThanOrEqual(position.character)
        expect(replace.end.character).toBeGreaterThanOrEqual(position.character)
      }
      hover(model, path, position)
      definition(model, path, position)
      references(model, path, position)
      documentLinks(model, path)
      documentSymbols(model, path)
      codeLenses(model, path)
      inlayHints(model, path, whole)
    }),
    { numRuns: 100 },
  )
})

test('no override makes its completion throw', () => {
  const model = modelOf(conf(titanic))
  const override = fc.array(
    fc.constantFrom('+', '~', '=', 'models', 'rf', '.', 'type', '/', '@', ',', '[', '(', "'", ' ', '${', 'C', '__proto__'),
    { maxLength: 8 },
  )
  fc.assert(
    fc.property(override, fc.nat(20), (parts, at) => {
      const text = parts.join('')
      const character = Math.min(at, text.length)
      const choice = { configPath: '/project/conf', configName: 'config', overrides: [text, '+models=rf'] }
      for (const { replace } of completeOverride(model, choice, text, character))
        expect(replace.start.character).toBeLessThanOrEqual(character)
    }),
    { numRuns: 300 },
  )
})
