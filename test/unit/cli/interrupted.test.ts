import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'

// The command itself: signals, timers and the end of a process are its own.
const command = fileURLToPath(new URL('../../../dist/fitwright.cjs', import.meta.url))
const project = mkdtempSync(join(tmpdir(), 'fitwright-interrupted-'))
afterAll(() => rmSync(project, { recursive: true, force: true }))
beforeAll(() => {
  mkdirSync(join(project, 'conf'))
  writeFileSync(join(project, 'data.csv'), `x,y\n${Array.from({ length: 40 }, (_, i) => `${i},${i % 2 ? 'a' : 'b'}`).join('\n')}\n`)
  writeFileSync(join(project, 'conf/config.yaml'), 'task:\n  train: data.csv\n  target: y\n  random_state: 0\nmodel:\n  _target_: ???\n')
  writeFileSync(
    join(project, 'main.mjs'),
    `import { writeSync } from 'node:fs'
const here = () => writeSync(1, 'at work\\n')
const guess = { predict: X => X.map(() => 'a') }
export const endless_fit = () => ({ ...guess, fit() { here(); for (;;); } })
export const endless_predict = () => ({ fit() {}, predict() { here(); for (;;); } })
export const endless_factory = () => { here(); for (;;); }
export const endless_promise = () => ({ ...guess, fit: () => new Promise(done => { setTimeout(here); setTimeout(done, 1e8) }) })
export const timer = () => ({ ...guess, fit: () => new Promise(done => { setTimeout(() => { throw new RangeError('thrown in a timer') }); setTimeout(done, 1e8) }) })
export const forgotten = () => ({ ...guess, fit() { Promise.reject(new Error('nobody waited')) } })
export const quits = () => ({ ...guess, fit() { process.exit(0) } })
export const text = () => ({ ...guess, fit() { throw 'only text' } })
`,
  )
})

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  readonly status: string
}

/** Runs the command; a signal follows as soon as the project's code says that it is at work. */
function fitwright(part: string, { signal, multirun = false }: { signal?: 'SIGINT'; multirun?: boolean } = {}): Promise<Ended> {
  return new Promise(done => {
    const dir = `runs/${part.replaceAll(',', '-')}`
    const into = multirun ? ['-m', `hydra.sweep.dir=${dir}`] : [`hydra.run.dir=${dir}`]
    const child = spawn(process.execPath, [command, 'run', ...into, `model._target_=${part}`], { cwd: project, stdio: 'pipe' })
    let stdout = ''
    let stderr = ''
    child.stdout.on('data', data => {
      const before = stdout
      stdout += data
      if (signal && stdout.includes('at work') && !before.includes('at work')) child.kill(signal)
    })
    child.stderr.on('data', data => {
      stderr += data
    })
    child.on('close', code => {
      const result = readFileSync(join(project, dir, 'result.json'), 'utf8')
      done({ code, stdout, stderr, status: JSON.parse(result).status })
    })
  })
}

// Windows ends a process at this signal, whatever it does.
test.skipIf(process.platform === 'win32').each(['endless_fit', 'endless_predict', 'endless_factory', 'endless_promise'])(
  'one Ctrl-C ends a run whose own part hangs: %s',
  async name => {
    const ended = await fitwright(`main.${name}`, { signal: 'SIGINT' })
    expect(ended).toMatchObject({ code: 1, status: 'cancelled', stderr: '' })
    expect(ended.stdout).toContain('cancelled')
    expect(readdirSync(join(project, `runs/main.${name}`)).sort()).toEqual(['.hydra', 'events.jsonl', 'main.log', 'result.json'])
  },
)

test('an error in a timer of an own part fails the run, with its line', async () => {
  const { code, status, stderr } = await fitwright('main.timer')
  expect({ code, status }).toEqual({ code: 1, status: 'failed' })
  expect(stderr).toMatch(/^Error in call to target 'main.timer': RangeError: thrown in a timer\n.*\nmain\.mjs:8:\d+\n$/)
})

test('so does a promise that nobody waits for, in a sweep too', async () => {
  const { code, status, stderr, stdout } = await fitwright('main.forgotten,main.text', { multirun: true })
  expect({ code, status }).toEqual({ code: 1, status: 'failed' })
  expect(stderr).toContain("Error in call to target 'main.forgotten': Error: nobody waited\n")
  expect(stdout).toContain('#0  failed')
})

test('a part that ends the process is told; the run is not left as if nothing had been', async () => {
  const { code, stderr } = await fitwright('main.quits')
  expect({ code, stderr }).toEqual({ code: 1, stderr: "The project's code ended the process (exit code 0).\n" })
})

test('what is thrown need not be an Error', async () => {
  const { stderr } = await fitwright('main.text')
  expect(stderr).toContain("Error in call to target 'main.text': Error: only text\n")
})
