// Writing a config: completion, hover, navigation.
import assert from 'node:assert/strict'

const rf = '_target_: main.RandomForestClassifier'
/** Overrides the depth that the option sets, and refers to a key of the root. */
const config = `defaults:
  - preprocess: simple
  - models: rf
  - _self_
target: Survived
depth: 7
n_trials: 100
models:
  type:
    max_depth: \${depth}
`

export default {
  files: { 'conf/tuned.yaml': config },
  walks: [
    [
      'a defaults list is completed: groups and their options',
      async ({ bench }) => {
        await bench.open('conf/config.yaml')
        await bench.setText('defaults:\n  - ')
        const groups = await bench.suggestions('models')
        assert.ok(groups.includes('preprocess') && groups.includes('_self_'), groups.join())
        await bench.setText('defaults:\n  - models: ')
        const options = await bench.suggestions('rf')
        assert.deepEqual(options.filter(label => /^(multi_)?(lr|rf)$/.test(label)).sort(), ['lr', 'multi_lr', 'multi_rf', 'rf'])
        await bench.picture('30-writing-options')
        await bench.page.keyboard.type('rf')
        await bench.page.keyboard.press('Enter')
        await bench.line('- models: rf').waitFor()
      },
    ],
    [
      'names of targets are completed',
      async ({ bench }) => {
        await bench.setText('models:\n  _target_: sklearn.ensemble.RandomF')
        await bench.suggestions('sklearn.ensemble.RandomForestClassifier')
      },
    ],
    [
      'parameters of a target are completed with type, default and doc',
      async ({ bench }) => {
        await bench.setText(`models:\n  ${rf}\n  max_d`)
        await bench.suggestions('max_depth')
        const doc = await bench.suggestionDoc()
        assert.match(doc, /int/)
        assert.match(doc, /default/)
        assert.match(doc, /[Dd]ee?p/)
      },
    ],
    [
      'values of an enumeration are completed',
      async ({ bench }) => {
        await bench.setText(`models:\n  ${rf}\n  criterion: `)
        const values = await bench.suggestions('entropy')
        assert.ok(values.includes('gini') && values.includes('log_loss'), values.join())
      },
    ],
    [
      'paths of an interpolation are completed',
      async ({ bench }) => {
        await bench.setText('target: Survived\nstudy:\n  n_jobs: 2\nn_trials: ${')
        await bench.suggestions('target')
        await bench.setText('target: Survived\nstudy:\n  n_jobs: 2\nn_trials: ${study.')
        const keys = await bench.suggestions('n_jobs')
        assert.ok(keys.length > 0)
      },
    ],
    [
      'hover tells what a key is, which file and line set its value, and what that overrode',
      async ({ bench }) => {
        await bench.open('conf/tuned.yaml')
        await bench.goTo(10, 7)
        const text = await bench.hoverSaying('overrides')
        assert.match(text, /value 7/)
        assert.match(text, /conf\/tuned\.yaml:6/)
        assert.match(text, /overrides 5 in conf\/models\/rf\.yaml:5/)
        await bench.picture('30-writing-hover-value')
        await bench.open('conf/models/rf.yaml')
        await bench.goTo(5, 5)
        assert.match(await bench.hoverSaying('max_depth'), /int/)
      },
    ],
    [
      'Ctrl+click goes from a defaults entry to its file, and from an interpolation to its key',
      async ({ bench }) => {
        await bench.open('conf/tuned.yaml')
        await bench.controlClick('models: rf', 'rf', bench.activeTab('rf.yaml'))
        await bench.open('conf/tuned.yaml')
        await bench.controlClick('max_depth', 'depth}', bench.cursorAt(6, 1))
      },
    ],
    [
      'the composed preview stands beside the file with origins, and follows typing',
      async ({ bench }) => {
        await bench.open('conf/tuned.yaml')
        await bench.command('Fitwright: Preview Composed Config')
        const preview = bench.page.locator('.editor-group-container').nth(1)
        await preview.locator('.view-line', { hasText: 'target: Survived' }).waitFor()
        await bench.greyedText('conf/models/rf.yaml:4')
        await bench.goTo(6, 9)
        await bench.page.keyboard.type('5')
        await preview.locator('.view-line', { hasText: 'depth: 75' }).first().waitFor()
      },
    ],
    [
      'a code lens runs the config, an inlay hint shows the value of an interpolation',
      async ({ bench }) => {
        await bench.page.locator('.codelens-decoration a', { hasText: 'Run with Config…' }).first().waitFor()
        await bench.page.locator('.editor-group-container .view-line', { hasText: '= 75' }).first().waitFor()
        await bench.until(bench.quickInput, () =>
          bench.page.locator('.codelens-decoration a', { hasText: 'Run with Config…' }).first().click(),
        )
        await bench.pickAsking('Overrides, such as')
        await bench.page.keyboard.press('Escape')
        await bench.quickInput.waitFor({ state: 'hidden' })
      },
    ],
    [
      'a lens says how many defaults lists name a config, and shows them',
      async ({ bench }) => {
        await bench.open('conf/models/rf.yaml')
        const lens = bench.page.locator('.editor-group-container.active .codelens-decoration a', { hasText: 'used by 1' }).first()
        await lens.waitFor()
        await bench.until(bench.page.locator('.peekview-widget, .zone-widget').first(), () => lens.click())
        await bench.page.keyboard.press('Escape')
      },
    ],
  ],
}
