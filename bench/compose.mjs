// In-process rows of `npm run bench`: composition warm, cold over large trees, and after an edit. Times are medians; the curve shows growth.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

const groups = 50

/** A tree of `count` option files in 50 groups; the primary config chooses one of each. */
function treeOf(count) {
  const texts = {}
  const options = Math.max(1, Math.round(count / groups))
  const entries = []
  for (let g = 0; g < groups; g++) {
    for (let o = 0; o < options; o++) {
      const lines = Array.from({ length: 10 }, (_, k) => `k${k}: ${k * o}\nm${k}: {a: '\${g${(g + 1) % groups}.k1}', b: [1, 2, text ${k}]}\n`)
      texts[`/conf/g${g}/o${o}.yaml`] = lines.join('')
    }
    entries.push(`  - g${g}: o${g % options}\n`)
  }
  texts['/conf/config.yaml'] = `defaults:\n${entries.join('')}  - _self_\nx: 1\n`
  return texts
}

const overridesOf = count => Array.from({ length: 50 }, (_, i) => (i % 2 ? `g${i}.k1=${i}` : `g${i}=o${Math.min(3, Math.round(count / groups) - 1)}`))

const median = values => values.toSorted((a, b) => a - b)[values.length >> 1]

function times(count, work) {
  const samples = []
  for (let i = 0; i < count; i++) {
    const started = performance.now()
    work(i)
    samples.push(performance.now() - started)
  }
  return median(samples)
}

function textsBelow(folder, texts = {}) {
  for (const { name, ...entry } of readdirSync(folder, { withFileTypes: true }).map(one => ({ name: one.name, isFolder: one.isDirectory() }))) {
    const path = join(folder, name)
    if (entry.isFolder) textsBelow(path, texts)
    else if (name.endsWith('.yaml')) texts[path] = readFileSync(path, 'utf8')
  }
  return texts
}

/** Rows as bench.mjs prints them: name, milliseconds, goal. */
export async function composeRows(root) {
  const { compose, createConfigCache, memoryFiles } = await import(pathToFileURL(join(root, 'dist/lib/config.mjs')).href)
  const conf = join(root, 'examples/titanic/conf')
  const example = memoryFiles(textsBelow(conf))
  const request = { configPath: conf, overrides: ['+preprocess=simple', '+models=lr'] }
  const cache = createConfigCache()
  times(50, () => compose(example, request, cache))
  const rows = [{ name: 'compose the example, warm', milliseconds: times(200, () => compose(example, request, cache)), goal: '<= 2 ms' }]

  for (const count of [500, 2_000, 10_000]) {
    const texts = treeOf(count)
    const large = { configPath: '/conf', overrides: overridesOf(count) }
    const files = memoryFiles(texts)
    const cold = times(5, () => checked(compose(files, large, createConfigCache())))
    rows.push({ name: `compose a tree of ${count} files with 50 overrides, cold`, milliseconds: cold, ...(count === 500 ? { goal: '<= 300 ms' } : {}) })
    const kept = createConfigCache()
    let edited
    const path = '/conf/g7/o7.yaml'
    const open = { read: file => (file === path ? edited : files.read(file)), list: folder => files.list(folder) }
    const edit = i => {
      edited = { path, text: `${texts[path] ?? ''}z: ${i}\n` }
      checked(compose(open, large, kept))
    }
    // An editor has been open for a while.
    times(30, edit)
    const again = times(50, i => edit(100 + i))
    rows.push({ name: `compose it again after an edit of one file (${count} files)`, milliseconds: again, ...(count === 500 ? { goal: '<= 5 ms' } : {}) })
  }
  return rows
}

function checked(result) {
  const error = result.problems.find(({ severity }) => severity === 'error')
  if (error) throw new Error(error.message)
  return result
}
