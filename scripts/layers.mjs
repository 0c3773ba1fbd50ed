// Holds the layers of ARCHITECTURE.md: who may import whom. Prints each breach; exit 1 when there is one.
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, posix, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const source = join(dirname(fileURLToPath(import.meta.url)), '..', 'src')

/** Room -> rooms it may import; `types:` rooms only with `import type`; packages by name. */
const rules = {
  config: { rooms: [], packages: ['yaml'] },
  data: { rooms: ['numerics'], packages: ['papaparse'] },
  numerics: { rooms: [], packages: [] },
  learn: { rooms: ['data', 'numerics'], packages: [] },
  study: { rooms: ['numerics'], packages: [] },
  targets: {
    rooms: ['config', 'learn', 'study'],
    types: ['data', 'platform'],
    packages: ['ml-logistic-regression', 'ml-random-forest', 'ml-matrix'],
  },
  platform: { rooms: [], types: ['config', 'study', 'run'], packages: ['node:*'] },
  run: { rooms: ['config', 'data', 'learn', 'study', 'targets'], types: ['platform'], packages: [] },
  language: { rooms: ['config', 'targets', 'study'], types: ['data', 'learn'], packages: ['yaml'] },
  server: { rooms: ['language', 'platform', 'config'], packages: ['vscode-languageserver', 'vscode-languageserver-textdocument'] },
  cli: { rooms: ['config', 'data', 'learn', 'study', 'targets', 'run', 'language', 'platform', 'server'], packages: ['node:*'] },
  extension: {
    rooms: ['platform', 'run', 'protocol'],
    types: ['server', 'language', 'config', 'study'],
    packages: ['vscode', 'node:*', 'vscode-languageclient'],
  },
  panel: { rooms: [], types: ['protocol', 'run', 'study', 'config'], packages: ['@vscode/webview-ui-toolkit'] },
  protocol: { rooms: [], types: ['run', 'study'], packages: [] },
}
/** Single files with a right of their own. */
const exceptions = {
  // Entries are where the outside world is plugged in.
  'run/worker.ts': { rooms: ['platform'] },
  'run/job-process.ts': { rooms: ['platform'] },
  'platform/node.ts': {},
}
/** Packages that exactly one module may import. */
const onlyImporter = { '@vscode/webview-ui-toolkit': 'panel/ui.ts' }

const files = readdirSync(source, { recursive: true })
  .map(path => path.split(sep).join('/'))
  .filter(path => path.endsWith('.ts'))
const problems = []
const graph = new Map()

for (const path of files) {
  const room = path.includes('/') ? path.slice(0, path.indexOf('/')) : path.replace(/\.ts$/, '')
  const rule = rules[room]
  if (!rule) {
    problems.push(`${path}: no such room; add it to ARCHITECTURE.md and to this check`)
    continue
  }
  const text = readFileSync(join(source, path), 'utf8')
  const imports = []
  for (const match of text.matchAll(/^\s*(?:import|export)\s+(type\s+)?(?:[\w*{}\s,$]+?\s+from\s+)?['"]([^'"]+)['"]/gm)) {
    imports.push({ type: Boolean(match[1]) || onlyTypes(match[0]), to: match[2] })
  }
  for (const match of text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)/g))
    imports.push({ type: typePosition(text, match.index), to: match[1], lazy: true })
  const edges = []
  for (const { type, to, lazy } of imports) {
    if (to.startsWith('.')) {
      const target = posix.normalize(posix.join(posix.dirname(path), to))
      if (!type && !lazy) edges.push(target)
      const room2 = target.includes('/') ? target.slice(0, target.indexOf('/')) : target.replace(/\.ts$/, '')
      const allowed =
        room2 === room || rule.rooms.includes(room2) || exceptions[path]?.rooms?.includes(room2) || (type && rule.types?.includes(room2))
      if (!allowed) problems.push(`${path}: ${room} may not import ${room2} (${to})${rule.types?.includes(room2) ? ': types only' : ''}`)
    } else {
      const name = to.startsWith('node:')
        ? 'node:*'
        : to
            .split('/')
            .slice(0, to.startsWith('@') ? 2 : 1)
            .join('/')
      if (!type && !rule.packages.includes(name)) problems.push(`${path}: ${room} may not import ${to}`)
      if (onlyImporter[name] && onlyImporter[name] !== path) problems.push(`${path}: only ${onlyImporter[name]} imports ${name}`)
    }
  }
  graph.set(path, edges)
}

/** `import { type A, type B } from` brings nothing at run time. */
function onlyTypes(statement) {
  const braces = /\{([^}]*)\}/.exec(statement)
  return (
    Boolean(braces) &&
    !/^\s*(?:import|export)\s+\w+\s*,/.test(statement) &&
    braces[1].split(',').every(part => !part.trim() || part.trim().startsWith('type '))
  )
}
/** `typeof import('…')` and `: import('…').T` are types. */
function typePosition(text, index) {
  return (
    /(?:typeof|[:<|&]|extends|=>)\s*$/.test(text.slice(Math.max(0, index - 12), index)) &&
    !/=>\s*$/.test(text.slice(Math.max(0, index - 4), index))
  )
}

const state = new Map()
function visit(path, trail) {
  if (state.get(path) === 'done' || !graph.has(path)) return
  if (state.get(path) === 'open') {
    problems.push(`import cycle: ${[...trail.slice(trail.indexOf(path)), path].join(' -> ')}`)
    return
  }
  state.set(path, 'open')
  for (const next of graph.get(path)) visit(next, [...trail, path])
  state.set(path, 'done')
}
for (const path of graph.keys()) visit(path, [])

for (const problem of problems) console.error(problem)
console.log(`layers: ${files.length} files, ${problems.length} breaches`)
if (problems.length) process.exit(1)
