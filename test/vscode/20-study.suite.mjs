// A study while it runs, when it is stopped, after a reload, and to its end.
import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Of all states: Stop ends a trial in its middle, which then counts as failed until the study goes on. */
const trialsOf = ({ states }) => Object.values(states).reduce((sum, count) => sum + count, 0)

const groups = { models: 'multi_lr', preprocess: 'multi_complex' }

export default {
  files: { '.vscode/settings.json': '{ "fitwright.run.openPanel": "study" }' },
  walks: [
    [
      'a study is drawn while it runs, and Stop keeps its trials',
      async ({ bench, project }) => {
        await bench.runWithConfig('conf/config.yaml', { groups, overrides: 'n_trials=100000' })
        const panel = bench.panel()
        await panel.getByText('Best trial so far').waitFor()
        await panel.getByRole('progressbar').waitFor()
        // The history grows: more trials than were drawn first.
        const points = panel.getByRole('region', { name: 'Optimisation history' }).locator('[data-trial]')
        await points.nth(5).waitFor({ state: 'attached' })
        const first = await points.count()
        await points.nth(first + 3).waitFor({ state: 'attached' })
        await (await bench.run('/100000')).waitFor()
        await bench.page.locator('.statusbar-item', { hasText: '/100000' }).waitFor()
        await bench.picture('20-study-running')
        await panel.getByRole('button', { name: 'Stop', exact: true }).click()
        await panel.locator('.state', { hasText: 'Stopped' }).waitFor()
        await panel.getByText('Best trial', { exact: true }).waitFor()
        const { status, study } = project.lastResult()
        assert.equal(status, 'cancelled')
        assert.ok(study.states.COMPLETE > first)
        await (await bench.run('stopped')).waitFor()
        await bench.tab('Trials')
        await panel.getByRole('region', { name: `${trialsOf(study)} trials` }).waitFor()
        const journal = project.runs().at(-1)
        assert.ok(existsSync(join(journal, 'optuna-journal.log')))
      },
    ],
    [
      'after a reload of the window the tree and the panel are back, on the tab that was open',
      async ({ bench, project }) => {
        await bench.reload()
        const { study } = project.lastResult()
        await bench
          .panel()
          .getByRole('region', { name: `${trialsOf(study)} trials` })
          .waitFor()
        await bench.panel().locator('.state', { hasText: 'Stopped' }).waitFor()
        await (await bench.run('stopped')).waitFor()
      },
    ],
    [
      'a study runs to its end, and its best trial stands first',
      async ({ bench, project }) => {
        await bench.runWithConfig('conf/config.yaml', { groups: { models: 'multi_rf', preprocess: 'multi_complex' } })
        const panel = bench.panel()
        await panel.getByRole('heading', { name: /multi_rf/ }).waitFor()
        await panel.locator('.state', { hasText: 'Completed' }).waitFor()
        const { study } = project.lastResult()
        const best = panel.getByRole('region', { name: 'Best trial' })
        await best.getByText(study.best.value.toFixed(4), { exact: true }).waitFor()
        await best.getByText(`accuracy · trial ${study.best.number} of 100`).waitFor()
        await (await bench.run(`best ${study.best.value.toFixed(4)}`)).waitFor()
        const events = readFileSync(join(project.runs().at(-1), 'events.jsonl'), 'utf8')
          .trim()
          .split('\n')
          .map(line => JSON.parse(line))
        assert.equal(events.filter(event => event.type === 'trial').length, 100)
      },
    ],
    [
      'each chart of the study has a sentence and a table',
      async ({ bench }) => {
        const panel = bench.panel()
        for (const title of ['Optimisation history', 'Parameter importance', 'Slice', 'Parallel coordinates']) {
          const chart = panel.getByRole('region', { name: title, exact: true }).first()
          const sentence = await chart.getByRole('img').getAttribute('aria-label')
          assert.match(sentence, /\d/)
          await chart.getByRole('button', { name: /^Show .* as table$/ }).click()
          await chart.getByRole('table').waitFor()
          await chart.getByRole('button', { name: /^Show .* as chart$/ }).click()
          await chart.getByRole('img').waitFor()
        }
      },
    ],
  ],
}
