// How it looks: the pictures of README.md, and the panel in every kind of theme, narrow, and by keyboard.
import assert from 'node:assert/strict'

const groups = { models: 'multi_rf', preprocess: 'multi_complex' }

/** Terminal and side bar away, so that the editors have the window. */
async function alone(bench) {
  const { page } = bench
  if (await page.locator('.part.panel').isVisible()) await page.keyboard.press('Control+j')
  await page.locator('.part.panel').waitFor({ state: 'hidden' })
  if (await page.locator('.part.sidebar').isVisible()) await page.keyboard.press('Control+b')
  await page.locator('.part.sidebar').waitFor({ state: 'hidden' })
}

/** Nothing of the panel is wider than the panel. */
async function fits(bench) {
  const wider = await bench
    .panel()
    .locator('main')
    .evaluate(main => {
      const clipped = element => element.closest('.trials .wide, .scroll, .code, [aria-hidden="true"]')
      return [...main.querySelectorAll('*')]
        .filter(element => !clipped(element) && element.getBoundingClientRect().right > window.innerWidth + 1)
        .map(element => `${element.tagName}.${element.className} ${element.textContent.slice(0, 40)}`)
    })
  assert.deepEqual(wider, [])
}

export default {
  walks: [
    [
      'the study panel in a light theme',
      async ({ bench, project }) => {
        await bench.theme(project, 'Default Light Modern', 'vs')
        await bench.runWithConfig('conf/config.yaml', { groups })
        const panel = await bench.openRun('best 0.7892')
        await panel.getByRole('region', { name: 'Best trial' }).getByText('0.7892').waitFor()
        await alone(bench)
        await fits(bench)
        await bench.picture('docs-study-panel')
        await bench.page.setViewportSize({ width: 1280, height: 1500 })
        await bench.picture('60-looks-study-light')
      },
    ],
    [
      'in a dark theme, in high contrast, dark and light',
      async ({ bench, project }) => {
        await bench.page.setViewportSize({ width: 1280, height: 1500 })
        for (const [theme, className, name] of [
          ['Default High Contrast Light', 'hc-light', 'hc-light'],
          ['Default High Contrast', 'hc-black', 'hc-dark'],
          ['Default Dark Modern', 'vs-dark', 'dark'],
        ]) {
          await bench.theme(project, theme, className)
          await bench
            .panel()
            .locator(
              `body.${className === 'hc-black' ? 'vscode-high-contrast' : className === 'hc-light' ? 'vscode-high-contrast-light' : 'vscode-dark'}`,
            )
            .waitFor()
          await bench.picture(`60-looks-study-${name}`)
        }
        await bench.page.setViewportSize({ width: 1280, height: 860 })
        await bench.picture('docs-study-dark')
      },
    ],
    [
      'narrow, beside an editor, it is one column and nothing is cut',
      async ({ bench }) => {
        await bench.page.setViewportSize({ width: 455, height: 1500 })
        await bench.panel().locator('main').waitFor()
        await fits(bench)
      },
    ],
    [
      'a single run in light and dark',
      async ({ bench, project }) => {
        await bench.page.setViewportSize({ width: 1280, height: 860 })
        await bench.runWithConfig('conf/config.yaml', { groups: { models: 'lr', preprocess: 'complex' } })
        const panel = await bench.openRun('accuracy 0.7758')
        await panel.getByRole('region', { name: 'Coefficients' }).first().waitFor()
        await alone(bench)
        await bench.page.setViewportSize({ width: 1280, height: 1500 })
        await bench.picture('60-looks-run-dark')
        await bench.theme(project, 'Default Light Modern', 'vs')
        await panel.locator('body.vscode-light').waitFor()
        await fits(bench)
      },
    ],
    [
      'the keyboard reaches tabs, tables and actions',
      async ({ bench }) => {
        const panel = bench.panel()
        const tab = name => panel.getByRole('tab', { name, exact: true })
        await tab('Result').click()
        await bench.page.keyboard.press('ArrowRight')
        await tab('Config').and(panel.locator('[aria-selected="true"]')).waitFor()
        await panel.getByRole('list', { name: 'Composed config' }).waitFor()
        await bench.page.keyboard.press('ArrowLeft')
        await panel.getByRole('region', { name: 'Metrics' }).waitFor()
        // Every control has a name and can be reached.
        const nameless = await panel
          .locator('main')
          .evaluate(main =>
            [...main.querySelectorAll('button, vscode-button, vscode-dropdown, vscode-text-field, input')]
              .filter(control => !(control.getAttribute('aria-label') || control.textContent.trim()))
              .map(control => control.outerHTML),
          )
        assert.deepEqual(nameless, [])
        await panel.getByRole('button', { name: /^Show Confusion matrix as table/ }).focus()
        await bench.page.keyboard.press('Enter')
        await panel.getByRole('region', { name: 'Confusion matrix' }).getByRole('table').waitFor()
      },
    ],
    [
      'runs and an editor with a problem',
      async ({ bench }) => {
        const { page } = bench
        await page.setViewportSize({ width: 1280, height: 860 })
        await bench.open('conf/models/rf.yaml')
        await page.keyboard.press('Control+k')
        await page.keyboard.press('Control+Shift+w')
        await bench.open('conf/models/rf.yaml')
        await bench.setText(
          'name: Random Forest\ntype:\n  _target_: main.RandomForestClassifier\n  n_estimators: 100\n  max_dept: 5\n  min_samples_split: ten\n',
        )
        await bench.squiggle('error')
        await bench.problem("'max_dept'")
        await (await bench.run('best 0.7892')).waitFor()
        await bench.picture('docs-runs-and-problems')
      },
    ],
  ],
}
