// Writes each case's model, its rows and our own answers: `export.ts FOLDER EXAMPLES`. Bundled and run by check_models.py.
import { readFileSync, writeFileSync } from 'node:fs'
import { toOnnx } from '../../../src/learn/index.ts'
import { onnxCases } from './cases.ts'

const [folder, examples] = process.argv.slice(2)
onnxCases(path => readFileSync(`${examples}/${path}`)).forEach(({ name, pipeline, train, rows }, i) => {
  writeFileSync(`${folder}/${i}.onnx`, toOnnx(pipeline, train.columns))
  const inputs = rows.columns.map(column => ({
    name: column.name,
    values:
      column.type === 'text'
        ? Array.from(column.codes, code => (code < 0 ? '' : column.categories[code]))
        : Array.from(column.values, value => (Number.isNaN(value) ? 'nan' : value)),
    text: train.columns.find(({ name: own }) => own === column.name)!.type === 'text',
  }))
  const classifier = pipeline.predictor.kind === 'classifier'
  const answer = classifier
    ? {
        labels: Array.from(pipeline.predictIndex(rows), k => pipeline.classes_[k]),
        proba: Array.from(pipeline.predictProba(rows)?.data ?? []),
        classes: pipeline.classes_.length,
      }
    : { values: Array.from(pipeline.predict(rows)) }
  writeFileSync(`${folder}/${i}.json`, JSON.stringify({ name, inputs, ...answer }))
})
