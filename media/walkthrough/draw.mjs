// Draws the walkthrough's pictures, each for a light and a dark theme: node media/walkthrough/draw.mjs
import { writeFileSync } from 'node:fs'

const themes = {
  dark: { page: '#1f1f1f', card: '#181818', line: '#3c3c3c', text: '#cccccc', muted: '#8c8c8c', blue: '#3794ff', orange: '#d18616', select: '#04395e' },
  light: { page: '#ffffff', card: '#f8f8f8', line: '#d8d8d8', text: '#3b3b3b', muted: '#767676', blue: '#1a85ff', orange: '#b1620c', select: '#e4e6f1' },
}
const mono = 'font-family="Consolas, Menlo, DejaVu Sans Mono, monospace"'
const plain = 'font-family="Segoe UI, system-ui, DejaVu Sans, sans-serif"'
const escape = text => text.replace(/&/g, '&amp;').replace(/</g, '&lt;')
const say = (x, y, text, fill, more = plain, size = 14) => `<text x="${x}" y="${y}" fill="${fill}" font-size="${size}" ${more}>${escape(text)}</text>`

const pictures = {
  example: t =>
    [
      ['▾ conf', 0, t.text],
      ['▾ models', 1, t.text],
      ['lr.yaml', 2, t.muted],
      ['rf.yaml', 2, t.muted],
      ['multi_rf.yaml', 2, t.orange],
      ['▾ preprocess', 1, t.text],
      ['simple.yaml', 2, t.muted],
      ['complex.yaml', 2, t.muted],
      ['config.yaml', 1, t.blue],
      ['▸ data', 0, t.text],
    ].map(([text, depth, fill], i) => say(90 + depth * 26, 62 + i * 28, text, fill, mono)),
  compose: t => [
    ...[
      ['target: Survived', 'config.yaml:4'],
      ['models:', ''],
      ['  name: Random Forest', 'models/rf.yaml:1'],
      ['  type:', ''],
      ['    n_estimators: 100', 'models/rf.yaml:4'],
      ['    max_depth: 7', 'override models.type.max_depth=7'],
      ['preprocess:', ''],
      ['  type:', ''],
      ['    imputation_num: mean', 'preprocess/complex.yaml:3'],
    ].flatMap(([left, right], i) => [
      `<text x="50" y="${70 + i * 30}" fill="${t.text}" font-size="14" xml:space="preserve" ${mono}>${left}</text>`,
      say(300, 70 + i * 30, right, right.startsWith('override') ? t.orange : t.muted, mono, 12),
    ]),
  ],
  run: t => [
    `<rect x="50" y="50" width="500" height="230" rx="5" fill="${t.card}" stroke="${t.line}"/>`,
    say(70, 80, 'conf/config.yaml ▸ Run with Config…', t.text),
    say(500, 80, '1/3', t.muted),
    `<rect x="66" y="96" width="468" height="30" rx="2" fill="${t.page}" stroke="${t.blue}"/>`,
    say(78, 116, 'models: choose an option', t.muted),
    `<rect x="60" y="138" width="480" height="32" fill="${t.select}"/>`,
    ...[
      ['rf', 'Random Forest · RandomForestClassifier'],
      ['lr', 'Logistic Regression · LogisticRegression'],
      ['multi_rf', 'Multi Random Forest · study: 3 parameters'],
    ].flatMap(([name, note], i) => [say(78, 159 + i * 34, name, t.text, mono), say(190, 159 + i * 34, note, t.muted, plain, 13)]),
  ],
  results: t => [
    `<rect x="50" y="50" width="500" height="90" rx="5" fill="${t.card}" stroke="${t.line}"/>`,
    say(76, 104, '0.7937', t.text, plain, 40),
    say(78, 126, 'accuracy', t.muted, plain, 12),
    ...[['0.77', 'precision'], ['0.68', 'recall'], ['0.86', 'roc_auc']].flatMap(([v, n], i) => [say(260 + i * 96, 104, v, t.text, plain, 20), say(260 + i * 96, 126, n, t.muted, plain, 12)]),
    ...[[0, 0, 0.55, '121'], [1, 0, 0.12, '13'], [0, 1, 0.2, '33'], [1, 1, 0.42, '56']].flatMap(([i, j, shade, n]) => [
      `<rect x="${60 + i * 74}" y="${164 + j * 74}" width="70" height="70" rx="2" fill="${i === j ? t.blue : t.muted}" fill-opacity="${shade}"/>`,
      say(83 + i * 74, 204 + j * 74, n, t.text, plain, 15),
    ]),
    ...[['Sex', 250], ['Fare', 150], ['Age', 110], ['Pclass', 70]].flatMap(([n, w], i) => [
      say(260, 180 + i * 36, n, t.text, plain, 12),
      `<rect x="260" y="${186 + i * 36}" width="${w}" height="8" rx="1" fill="${t.blue}"/>`,
    ]),
  ],
  study: t => {
    const values = [0.2, 0.56, 0.2, 0.5, 0.5, 0.52, 0.5, 0.58, 0.49, 0.6, 0.5, 0.62, 0.6, 0.55, 0.68, 0.66, 0.7, 0.62, 0.74, 0.72, 0.7, 0.66, 0.8, 0.78, 0.74, 0.8]
    const x = i => 70 + i * 18
    const y = v => 310 - v * 290
    let best = 0
    const steps = values.map((v, i) => {
      best = Math.max(best, v)
      return i ? `H${x(i)}V${y(best)}` : `M${x(0)} ${y(best)}`
    })
    const top = values.indexOf(Math.max(...values))
    return [
      ...[0.2, 0.4, 0.6, 0.8].map(v => `<path d="M56 ${y(v)}H550" stroke="${t.line}"/>`),
      ...values.map((v, i) => `<circle cx="${x(i)}" cy="${y(v)}" r="4" fill="none" stroke="${t.blue}" stroke-width="1.6"/>`),
      `<path d="${steps.join('')}" fill="none" stroke="${t.orange}" stroke-width="2.6"/>`,
      `<circle cx="${x(top)}" cy="${y(values[top])}" r="7" fill="${t.orange}"/>`,
      say(x(top) - 28, y(values[top]) - 14, 'trial 22', t.text, plain, 12),
    ]
  },
}

for (const [name, draw] of Object.entries(pictures)) {
  for (const [theme, colours] of Object.entries(themes)) {
    const head = `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="360" viewBox="0 0 600 360">`
    const frame = `<rect x="1" y="1" width="598" height="358" rx="8" fill="${colours.page}" stroke="${colours.line}"/>`
    writeFileSync(new URL(`${name}-${theme}.svg`, import.meta.url), `${head}\n${frame}\n${draw(colours).join('\n')}\n</svg>\n`)
  }
}
