// Projects that walks work in, and what the command and the run folders say about them.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../../scripts/setup.mjs'

/** A copy of an example in `folder`, without its runs; `files` (path -> text, or text -> text) are laid over it. */
export function makeProject(folder, { example = 'titanic', files = {} } = {}) {
  cpSync(join(root, 'examples', example), folder, { recursive: true, filter: path => !/[\\/](outputs|multirun)([\\/]|$)/.test(path) })
  const project = {
    folder,
    read: path => readFileSync(join(folder, path), 'utf8'),
    write(path, text) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    },

    /** Run folders, oldest first. */
    runs() {
      const outputs = join(folder, 'outputs')
      const days = existsSync(outputs) ? readdirSync(outputs).sort() : []
      return days.flatMap(day =>
        readdirSync(join(outputs, day))
          .sort()
          .map(time => join(outputs, day, time)),
      )
    },
    result: run => JSON.parse(readFileSync(join(run, 'result.json'), 'utf8')),
    lastResult: () => project.result(project.runs().at(-1)),

    /** What `fitwright ARGS` prints here: text of both streams. */
    fitwright(...args) {
      const { stdout, stderr } = spawnSync(process.execPath, [join(root, 'dist/fitwright.cjs'), ...args], {
        cwd: folder,
        encoding: 'utf8',
        env: { ...process.env, NO_COLOR: '1' },
      })
      return { stdout, stderr }
    },
  }
  for (const [path, text] of Object.entries(files)) project.write(path, typeof text === 'function' ? text(project.read(path)) : text)
  return project
}
