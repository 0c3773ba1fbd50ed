import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { completionScripts } from '../../../src/cli/completion-scripts.ts'

const has = (shell: string) => spawnSync(shell, ['--version'], { stdio: 'ignore' }).status === 0

/** The text of a script in a file of its own. */
function inFile<T>(text: string, use: (path: string, folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'fitwright-shell-'))
  try {
    const path = join(folder, 'script')
    writeFileSync(path, text)
    return use(path, folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

test('each shell is asked for the line up to the cursor, and is left as it was', () => {
  for (const { install, uninstall } of Object.values(completionScripts)) {
    expect(install).toContain('fitwright run -sc query=fish 2>/dev/null')
    expect(install).toContain('COMP_LINE')
    expect(uninstall).toContain('_fitwright_complete')
  }
})

// Where a shell is not installed its tests are shown as skipped.
for (const shell of ['bash', 'zsh'] as const) {
  test.skipIf(!has(shell))(`${shell} reads its scripts`, () => {
    for (const text of Object.values(completionScripts[shell])) inFile(text, path => execFileSync(shell, ['-n', path]))
  })
}

test.skipIf(!has('fish'))('fish offers what the command says, folders with a slash', () => {
  const answers = 'function fitwright; printf "+models=\\n"; printf "+data=./sub\\n"; end\n'
  const ask = (more: string) =>
    inFile(`${answers}${completionScripts.fish.install}${more}complete -C "fitwright run +"\n`, (path, folder) => {
      execFileSync('mkdir', [join(folder, 'sub')])
      return execFileSync('fish', ['--no-config', path], { cwd: folder, encoding: 'utf8' }).trim().split('\n').sort()
    })
  expect(ask('')).toEqual(['+data=./sub/', '+models='])
  expect(ask(completionScripts.fish.uninstall)).not.toContain('+models=')
})
