import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { LearnError, matrix, Pipeline, StandardScaler, toOnnx } from '../../../../src/learn/index.ts'
import { ownStep } from '../../../../src/run/own-step.ts'
import { onnxCases } from '../../../oracle/onnx/cases.ts'

/** SHA-256 of the bytes that onnxruntime answered from as we do (`npm run oracle -- onnx`). */
const verified: { readonly name: string; readonly sha256: string }[] = JSON.parse(
  readFileSync(new URL('../../../oracle/onnx/vectors/verified.json', import.meta.url), 'utf8'),
)
const cases = onnxCases(path => readFileSync(new URL(`../../../../examples/${path}`, import.meta.url)))

test.each(cases.map((one, i) => ({ name: one.name, one, i })))('$name: the bytes are those that onnxruntime was asked about', ({
  one,
  i,
}) => {
  const bytes = toOnnx(one.pipeline, one.train.columns)
  expect({ name: one.name, sha256: createHash('sha256').update(bytes).digest('hex') }).toEqual({
    name: verified[i].name,
    sha256: verified[i].sha256,
  })
})

test('a step that has no ONNX form is refused by name', () => {
  const own = ownStep({ fit() {}, predict: () => [] }, 'main.my_model', {})
  const scaler = new StandardScaler()
  scaler.fit(matrix([[1], [2]]))
  const pipeline = new Pipeline([
    { name: 'scaler', step: scaler },
    { name: 'own', step: own },
  ])
  expect(() => toOnnx(pipeline, [{ name: 'a', type: 'float' }])).toThrow(LearnError)
})
