// What a user does with a config: run it from the explorer, watch it, stop it, come back to it.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { openWorkbench } from './workbench.mjs'

const start = async ({ base, browser, project, pictures, opened }, options) => {
  const folder = project()
  const bench = await openWorkbench(browser, { base, folder, pictures, ...options })
  opened.push(bench)
  return { bench, folder }
}

/** The newest run folder's result, read from disk. */
function lastResult(folder) {
  const outputs = join(folder, 'outputs')
  const days = existsSync(outputs) ? readdirSync(outputs).sort() : []
  const runs = days.flatMap(day =>
    readdirSync(join(outputs, day))
      .sort()
      .map(time => join(outputs, day, time)),
  )
  const file = runs.length ? join(runs.at(-1), 'result.json') : undefined
  return file && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}

/** Run with Config… on a config, answering the groups in order; the overrides stay as offered. */
async function runWithConfig(bench, path, answers) {
  await (await bench.contextMenu(path, 'Run with Config…')).click()
  for (const [group, option] of Object.entries(answers)) {
    await bench.pickAsking(`${group}: choose an option`)
    await bench.pick(option)
  }
  // A key pressed before the last step has replaced the one before it would go to that one.
  await bench.pickAsking('Overrides, such as')
  await bench.page.keyboard.press('Enter')
  await bench.quickInput.waitFor({ state: 'hidden' })
}

const showRuns = bench => bench.command('Fitwright: Focus on Runs View')

export default [
  [
    'Run with Config… from the explorer trains and shows the accuracy in the panel',
    async context => {
      const { bench, folder } = await start(context)
      await runWithConfig(bench, 'conf/config.yaml', { models: 'rf', preprocess: 'complex' })
      await showRuns(bench)
      await bench.treeRow('0.7937').waitFor()
      assert.equal(lastResult(folder).metrics.accuracy, 0.7937219730941704)
      await bench.treeRow('0.7937').click()
      await bench.webview().getByText('0.7937').first().waitFor()
      await bench.picture('run-panel')
    },
  ],
  [
    'a study shows its best trial first',
    async context => {
      const { bench } = await start(context)
      await runWithConfig(bench, 'conf/config.yaml', { models: 'multi_lr', preprocess: 'multi_complex' })
      await showRuns(bench)
      await bench.treeRow('best').click()
      const panel = bench.webview()
      await panel.getByText('Best trial').first().waitFor()
      await panel.getByText('Optimisation history').first().waitFor()
      await bench.picture('study-panel')
    },
  ],
]
