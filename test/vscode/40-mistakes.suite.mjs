// Each mistake is marked where it stands, listed in Problems, and told by the command with the same words and place.
import assert from 'node:assert/strict'

const edit = (from, to) => text => {
  assert.ok(text.includes(from), from)
  return text.replace(from, to)
}
const rf = 'conf/models/rf.yaml'
const withRf = ['+models=rf', '+preprocess=simple']

/** [what, file, its text with the mistake, overrides of the run] */
const mistakes = [
  [
    'an option that does not exist',
    'conf/config.yaml',
    text => `defaults:\n  - preprocess: simple\n  - models: rff\n  - _self_\n${text}`,
    [],
  ],
  ['a parameter that the target does not have', rf, edit('max_depth', 'max_dept'), withRf],
  ['a value of the wrong type', rf, edit('max_depth: 5', 'max_depth: deep'), withRf],
  ['broken YAML', rf, edit('max_depth: 5', 'max_depth: [5'), withRf],
  ['an interpolation that finds nothing', rf, edit('max_depth: 5', 'max_depth: ${dept}'), withRf],
  ['a CSV that is not there', 'conf/preprocess/simple.yaml', edit('train-small', 'train-smal'), withRf],
  ['a target column that the data does not have', 'conf/config.yaml', edit('Survived', 'Surived'), withRf],
]

/** What the command complains of in its first line (of an error in a call its cause, in the second), and where. */
function complaint(printed) {
  const lines = printed.trim().split('\n')
  const place = lines.map(line => line.match(/^(conf\/[^:\s]+):(\d+):(\d+)/)).find(Boolean)
  assert.ok(place, printed)
  const cause = lines[0].startsWith('Error in call to target') ? lines[1].match(/^\w+\((["'])(.*)\1\)$/)?.[2] : lines[0]
  assert.ok(cause, printed)
  return { message: cause.trim(), path: place[1], line: Number(place[2]), column: Number(place[3]) }
}

export default {
  walks: mistakes.map(([what, path, spoil, overrides]) => [
    `${what} is marked and listed`,
    async ({ bench, project }) => {
      const right = project.read(path)
      await bench.open(path)
      await bench.setText(spoil(right))
      // What the run will say: the file is saved first.
      await bench.page.keyboard.press('Control+s')
      await bench.page.locator('.tab.active:not(.dirty)').waitFor()
      const told = complaint(project.fitwright('run', ...overrides).stderr)
      assert.equal(told.path, path)
      await bench.squiggle('error')
      const row = await bench.problem(told.message.split('\n')[0].slice(0, 60))
      assert.match(await row.innerText(), new RegExp(`\\[Ln ${told.line}, Col ${told.column}\\]`))
      await bench.picture(`40-mistakes-${what.replaceAll(' ', '-')}`)
      await bench.setText(right)
      await bench.page.keyboard.press('Control+s')
      await bench.noProblem(told.message.slice(0, 60))
    },
  ]),
}
