import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ProblemError } from '../../../../src/config/problems.ts'
import { memoryPlatform } from '../../../../src/platform/memory.ts'
import { jobLogging } from '../../../../src/run/logging/job-logging.ts'
import { levelNumber } from '../../../../src/run/logging/log-record.ts'
import { composedOf } from '../composed-config.ts'

// The vectors were made there.
process.env.TZ = 'UTC'

interface Case {
  readonly config: Record<string, unknown>
  readonly verbose: boolean | string | readonly string[]
  readonly error?: string
  readonly stdout: string
  readonly stderr: string
  readonly files: Readonly<Record<string, string>>
}
const { records, time, cases } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../oracle/hydra-run/vectors/logging.json'), 'utf8'),
) as {
  records: readonly (readonly [string, string, string])[]
  time: number
  cases: Readonly<Record<string, Case>>
}

/** What our logging writes for the same records. */
function written({ config, verbose }: Case) {
  const platform = memoryPlatform({ cwd: '/job' })
  const now = new Date(time)
  const logging = jobLogging(platform, composedOf({ job_logging: config, verbose }), 'job_logging', { cwd: '/job', began: now })
  const streams = { stdout: '', stderr: '' }
  let shown = ''
  for (const [logger, level, message] of records) {
    shown = logging.log({ logger, level: levelNumber(level)!, message, created: now }, (stream, text) => {
      streams[stream] += text
    })
  }
  logging.flush()
  const files = Object.fromEntries(platform.files.list('/job').map(({ name }) => [name, platform.files.readText(`/job/${name}`)]))
  return { ...streams, files, shown }
}

/** Without a stream handler of one's own, the run's view stands in for the console. */
const ownView = new Set(['default', 'none', 'unused file'])

test('a field that no record has is refused at once; Python would print a traceback for each record', () => {
  expect(() => written(cases['unknown field'])).toThrow("Unable to configure formatter 'simple'")
})

for (const [name, asked] of Object.entries(cases)) {
  if (name === 'unknown field') continue
  if (asked.error !== undefined) {
    test(`${name}: refused as by Python`, () => {
      expect(() => written(asked)).toThrow(ProblemError)
      expect(() => written(asked)).toThrow(asked.error!)
    })
    continue
  }
  test(`${name}: each line as Python writes it`, () => {
    const { files, stdout, stderr, shown } = written(asked)
    expect(files).toEqual(asked.files)
    if (shown === 'view') expect([stdout, stderr]).toEqual(['', ''])
    else expect([stdout, stderr]).toEqual([asked.stdout, asked.stderr])
    if (ownView.has(name) && name !== 'unused file') expect(shown).toBe('view')
  })
}
