// A folder that is not trusted: language features work, running waits for trust and says how to give it.
import assert from 'node:assert/strict'

export default {
  kind: 'restricted',
  walks: [
    [
      'completion and problems work without trust',
      async ({ bench }) => {
        await bench.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor()
        await bench.open('conf/models/rf.yaml')
        await bench.setText('name: x\ntype:\n  _target_: main.RandomForestClassifier\n  crit')
        await bench.suggestions('criterion')
        await bench.page.keyboard.press('Escape')
        await bench.setText('name: x\ntype:\n  _target_: main.RandomForestClassifier\n  max_depth: deep\n')
        await bench.problem("The 'max_depth' parameter of RandomForestClassifier")
      },
    ],
    [
      'running is refused with a way to trust, and works once trusted',
      async ({ bench, project }) => {
        await bench.contextMenu('conf/config.yaml', 'Run with Config…')
        await bench.toast('Runs wait until this folder is trusted').waitFor()
        assert.deepEqual(project.runs(), [])
        await bench.picture('50-restricted-refused')
        await bench.page.locator('.notifications-toasts .monaco-button', { hasText: 'Manage Workspace Trust' }).click()
        await bench.page
          .locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust/ })
          .first()
          .click()
        await bench.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor({ state: 'detached' })
        await bench.page.locator('.monaco-modal-editor-block .action-label.codicon-close').click()
        await bench.page.locator('.workspace-trust-editor').waitFor({ state: 'detached' })
        await bench.runWithConfig('conf/config.yaml', { groups: { models: 'lr', preprocess: 'simple' } })
        await (await bench.run('accuracy 0.6951')).waitFor()
      },
    ],
  ],
}
