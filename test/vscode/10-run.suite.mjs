// From the explorer to the numbers.
import assert from 'node:assert/strict'

export default {
  walks: [
    [
      'the extension wakes up for a folder with configs, and offers nothing on other files',
      async ({ bench }) => {
        await bench.command('Developer: Show Running Extensions')
        const list = bench.page.locator('.runtime-extensions-editor')
        const row = list.locator('.monaco-list-row', { hasText: 'Fitwright' }).first()
        await bench.scrolledTo(list, row)
        const time = row.locator('.activation-time', { hasText: /\d+ms/ })
        await time.waitFor()
        const note = await time.innerText()
        await bench.picture('10-run-activation')
        await bench.page.keyboard.press('Escape')
        await list.waitFor({ state: 'detached' })
        await bench.explorer('data/train-small.csv')
        const entries = await bench.contextEntries('data/train-small.csv')
        assert.ok(!entries.some(entry => entry.includes('Run with Config')), `offered: ${entries}`)
        await bench.closeMenu()
        return note
      },
    ],
    [
      'Run with Config… from the explorer trains, and the panel shows the metrics',
      async ({ bench, project }) => {
        await bench.runWithConfig('conf/config.yaml', { groups: { models: 'rf', preprocess: 'complex' } })
        const panel = await bench.openRun('accuracy 0.7937')
        const result = project.lastResult()
        assert.equal(result.metrics.accuracy, 0.7937219730941704)
        await panel.getByRole('region', { name: 'Metrics' }).getByText('0.7937').waitFor()
        await panel.getByRole('region', { name: 'Confusion matrix' }).getByRole('img').waitFor()
        // The curves come from predictions.csv, the number from the run.
        await panel
          .getByRole('region', { name: `ROC · area ${result.metrics.roc_auc.toFixed(4)}` })
          .getByRole('img')
          .waitFor()
        for (const title of ['Feature importances', 'Calibration', /^Precision and recall/]) {
          const chart = panel.getByRole('region', { name: title }).first()
          assert.match(await chart.getByRole('img').getAttribute('aria-label'), /\w/)
        }
        await bench.page.locator('.terminal-wrapper.active').waitFor()
      },
    ],
    [
      'the tabs of the panel show the config with origins, predictions, log and files',
      async ({ bench, project }) => {
        const panel = await bench.openRun('accuracy 0.7937')
        await bench.tab('Config')
        const origin = panel.getByRole('button', { name: 'Go to conf/models/rf.yaml:5' })
        await origin.waitFor()
        await bench.tab('Predictions')
        await panel.getByText('46 of 223 wrong').waitFor()
        await bench.tab('Log')
        await panel.getByRole('log').waitFor()
        await bench.tab('Files')
        await panel.getByRole('button', { name: 'result.json', exact: true }).waitFor()
        await bench.tab('Config')
        await origin.click()
        await bench.activeTab('rf.yaml').waitFor()
        await bench.cursorAt(5, 3).waitFor()
        assert.equal(project.runs().length, 1)
      },
    ],
    [
      'an override of the last step is completed while typing, judged, and counts',
      async ({ bench, project }) => {
        await bench.contextMenu('conf/config.yaml', 'Run with Config…')
        await bench.pickAsking('models: choose an option')
        await bench.pick('lr')
        await bench.pickAsking('preprocess: choose an option')
        await bench.pick('complex')
        await bench.pickAsking('Overrides, such as')
        const input = bench.quickInput.locator('input.input')
        await input.fill('models.type.max_depth=3')
        await bench.quickRows
          .filter({ hasText: 'max_depth' })
          .filter({ has: bench.page.locator('.codicon-error') })
          .first()
          .waitFor()
        await input.fill('models.type.C=0.1')
        await bench.quickRows.filter({ hasText: 'Run+models=lr +preprocess=complex models.type.C=0.1' }).first().waitFor()
        await bench.picture('run-overrides')
        await bench.page.keyboard.press('Enter')
        await bench.quickInput.waitFor({ state: 'hidden' })
        await (await bench.run('lr · complex')).waitFor()
        await bench.page.locator('.pane-body .monaco-list-row[aria-label*="lr · complex"][aria-label*="completed"]').waitFor()
        assert.deepEqual(project.lastResult().overrides, ['+models=lr', '+preprocess=complex', 'models.type.C=0.1'])
      },
    ],
    [
      'a run that fails says why in the tree, and a click goes to the line',
      async ({ bench }) => {
        await bench.runWithConfig('conf/config.yaml', {
          groups: { models: 'lr', preprocess: 'simple' },
          overrides: 'preprocess.data_train=data/none.csv',
        })
        await (await bench.run('No such file or directory')).waitFor()
      },
    ],
    [
      'two sets of choices are composed side by side',
      async ({ bench }) => {
        await bench.open('conf/config.yaml')
        await bench.command('Fitwright: Compare Composed Configs…')
        for (const model of ['lr', 'rf']) {
          await bench.pickAsking('models: choose an option')
          await bench.pick(model)
          await bench.pickAsking('preprocess: choose an option')
          await bench.pick('simple')
          await bench.pickAsking('Overrides, such as')
          await bench.page.keyboard.press('Enter')
        }
        await bench.page.locator('.tab.active', { hasText: 'models=lr, preprocess=simple ↔ models=rf, preprocess=simple' }).waitFor()
        await bench.page.locator('.monaco-diff-editor .line-insert').first().waitFor()
      },
    ],
  ],
}
