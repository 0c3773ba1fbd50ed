// The Runs view: what it says when it is empty, and what can be done with runs.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const tasks = {
  version: '2.0.0',
  tasks: [{ type: 'fitwright', label: 'train lr', config: 'conf/config.yaml', overrides: ['+models=lr', '+preprocess=simple'] }],
}

const rows = bench => bench.page.locator('.pane-body .monaco-list-row[aria-level="2"]')

/** Chooses an entry of a run's context menu. */
async function act(bench, row, entry) {
  await bench.until(bench.menu, () => row.click({ button: 'right' }))
  await bench.choose(entry)
}

export default {
  files: { '.vscode/tasks.json': JSON.stringify(tasks) },
  walks: [
    [
      'without runs the view says what to do',
      async ({ bench }) => {
        await bench.command('Fitwright: Focus on Runs View')
        await bench.page.locator('.welcome-view-content', { hasText: 'No runs yet' }).waitFor()
      },
    ],
    [
      'a task of tasks.json runs, and Run Last Again asks nothing',
      async ({ bench, project }) => {
        await bench.command('Tasks: Run Task')
        await bench.pickRow(bench.quickRows.filter({ hasText: 'train lr' }).first())
        // VS Code offers to scan the task's output the first time.
        const scan = bench.quickRows.filter({ hasText: 'Continue without scanning' }).first()
        await scan.or(rows(bench).nth(0)).first().waitFor()
        if (await scan.isVisible()) await bench.pickRow(scan)
        await (await bench.run('accuracy 0.6951')).waitFor()
        await bench.runWithConfig('conf/config.yaml', { groups: { models: 'lr', preprocess: 'complex' } })
        await (await bench.run('accuracy 0.7758')).waitFor()
        await bench.command('Fitwright: Run Last Again')
        await rows(bench).nth(2).filter({ hasText: 'accuracy' }).waitFor()
        assert.deepEqual(
          project.runs().map(run => project.result(run).overrides.join(' ')),
          ['+models=lr +preprocess=simple', '+models=lr +preprocess=complex', '+models=lr +preprocess=complex'],
        )
      },
    ],
    [
      'a run is starred, compared and deleted',
      async ({ bench, project }) => {
        const { page } = bench
        await act(bench, rows(bench).nth(0), 'Star')
        await page.locator('.pane-body .monaco-list-row[aria-label*="starred"]').waitFor()
        await act(bench, rows(bench).nth(0), 'Compare…')
        await bench.pickAsking('Compare with')
        await bench.pickRow(bench.quickRows.filter({ hasText: 'lr · simple' }).first())
        await page.locator('.tab.active', { hasText: '↔' }).waitFor()
        await page.locator('.monaco-diff-editor .line-insert, .monaco-diff-editor .line-delete').first().waitFor()
        await bench.picture('25-runs-compare')
        await act(bench, rows(bench).nth(1), 'Delete…')
        await page.locator('.monaco-dialog-box', { hasText: 'Delete the run' }).waitFor()
        await page.locator('.monaco-dialog-box .monaco-button', { hasText: /^Delete$/ }).click()
        await rows(bench).nth(2).waitFor({ state: 'detached' })
        assert.equal(project.runs().length, 2)
      },
    ],
    [
      'a sweep lists its jobs, best first, and compares two of them',
      async ({ bench }) => {
        await bench.runWithConfig('conf/config.yaml', {
          groups: { models: 'lr', preprocess: 'simple' },
          overrides: 'models.type.C=0.001,1',
        })
        const panel = await bench.openRun(/sweep.*best/)
        const jobs = panel.getByRole('table', { name: '2 jobs' })
        await jobs.waitFor()
        for (const number of [0, 1]) await panel.getByRole('checkbox', { name: `Pick job ${number}` }).check()
        await bench.picture('25-runs-sweep')
        await panel.getByRole('button', { name: 'Compare the configs of two picked jobs' }).click()
        await bench.page.locator('.tab.active', { hasText: '↔' }).waitFor()
      },
    ],
    [
      'a sweep of two objectives draws its Pareto front, and a click opens the job',
      async ({ bench, project }) => {
        const sweep = [
          'hydra/sweeper=optuna',
          'hydra.sweeper.sampler.seed=1',
          'hydra.sweeper.n_trials=12',
          'hydra.sweeper.direction=[maximize,minimize]',
        ]
        const { stdout } = project.fitwright(
          ...[
            'run',
            '-m',
            '+preprocess=simple',
            '+models=lr',
            '+metrics=[accuracy,log_loss]',
            'models.type.C=tag(log,interval(0.0001,100))',
          ],
          ...sweep,
        )
        const [, dir] = stdout.match(/saved\s+(multirun\S+)/)
        const solutions = readFileSync(join(project.folder, dir, 'optimization_results.yaml'), 'utf8').match(/^- params:/gm)
        const panel = await bench.openRun(/sweep models.type.C/)
        const front = panel.getByRole('region', { name: 'Pareto front' })
        const sentence = await front.getByRole('img').getAttribute('aria-label')
        assert.ok(sentence.includes(`of 12 jobs; ${solutions.length} on the Pareto front`), sentence)
        await bench.picture('25-runs-pareto')
        await front.locator('.best').first().click()
        await bench.page.locator('.tab.active', { hasText: 'simple · lr' }).waitFor()
      },
    ],
  ],
}
