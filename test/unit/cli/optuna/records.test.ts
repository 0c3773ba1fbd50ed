import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { OptunaVerb } from '../../../../src/cli/optuna/verb-names.ts'
import { optunaVerb } from '../../../../src/cli/optuna/verbs.ts'
import { dataFrameCsv } from '../../../../src/cli/study-verbs.ts'
import { terminalOver } from '../../../../src/cli/terminal.ts'
import { memoryPlatform } from '../../../../src/platform/memory.ts'
import type { Platform } from '../../../../src/platform/ports.ts'
import { loadStudy, openStorage } from '../../../../src/study/index.ts'

// The vectors were made there.
process.env.TZ = 'UTC'

const { journal, outputs, csv, sequences } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../oracle/optuna-cli/vectors/outputs.json'), 'utf8'),
) as {
  journal: string
  outputs: Readonly<Record<string, string>>
  csv: string
  sequences: readonly (readonly {
    readonly arguments: readonly string[]
    readonly ok: boolean
    readonly stdout?: string
    readonly error?: string
  }[])[]
}

const platform = memoryPlatform({ files: { '/project/study.log': journal } })

/** What the verb prints. */
function printed(verb: string, ...args: string[]): string {
  return printedOn(platform, verb, ...args)
}

function printedOn(on: Platform, verb: string, ...args: string[]): string {
  let text = ''
  const terminal = terminalOver(
    () => process.stdout,
    () => process.stderr,
    {},
  )
  const print = (more: string) => {
    text += more
  }
  optunaVerb({ platform: on, cwd: '/project', terminal, print, tell() {} }, verb as OptunaVerb, [
    ...args,
    '--storage',
    '/project/study.log',
  ])
  return text
}

for (const [command, output] of Object.entries(outputs)) {
  test(`${command}: the text of Optuna's own command line`, () => {
    const [verb, ...args] = command.split(' ')
    expect(printed(verb, ...args)).toBe(output)
  })
}

test('an export is the data frame as pandas writes it; ints stay ints where others are missing', () => {
  const study = loadStudy({ storage: openStorage('/project/study.log', platform.files), studyName: 'one' })
  const ints = csv.replace(/,(\d+)\.0,(?=[\d.]*,)/g, ',$1,').replace(/,1\.0,it's/, ",1,it's")
  expect(dataFrameCsv(study.trials)).toBe(ints)
})

const timeless = (text: string) =>
  text.replace(/\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d+)?(?:\+00:00)?/g, 'TIME').replace(/\d+:\d\d:\d\d(?:\.\d+)?/g, 'DURATION')
/** argparse names flags in another order, and values behind an unknown flag with it. */
const withoutFlag = (message: string) => message.replace(/^argument .*?: /, '').replace(/^(unrecognized arguments: \S+) .*/, '$1')

for (const sequence of sequences) {
  const own = memoryPlatform({ files: {} })
  for (const { arguments: args, ok, stdout, error } of sequence) {
    test(`${args.join(' ')}: ${ok ? 'printed' : 'refused'} as by Optuna's own command line`, () => {
      const ask = () => printedOn(own, args[0], ...args.slice(1))
      if (ok) expect(timeless(ask())).toBe(timeless(stdout!))
      else expect(ask).toThrow(withoutFlag(error!))
    })
  }
}
