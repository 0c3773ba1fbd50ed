// Drives a real VS Code workbench in a real browser: the few gestures that the suites need, each waiting for a state.
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export async function openBrowser(executablePath) {
  return chromium.launch({ executablePath, args: flags })
}

/** Opens `folder` in the VS Code at `base`; pictures go to `pictures`. */
export async function openWorkbench(browser, { base, folder, pictures, width = 1280, height = 860 }) {
  mkdirSync(pictures, { recursive: true })
  const context = await browser.newContext({ viewport: { width, height } })
  // Nothing may leave the machine.
  await context.route(
    url => url.hostname !== '127.0.0.1',
    route => route.abort(),
  )
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  const bench = workbench(page, pictures)
  await page.goto(`${base}/?folder=${encodeURIComponent(folder)}`, { waitUntil: 'domcontentloaded' })
  await bench.ready()
  return bench
}

function workbench(page, pictures) {
  const quickInput = page.locator('.quick-input-widget')
  const rows = page.locator('.quick-input-list .monaco-list-row')
  const explorerRow = name => page.locator(`.explorer-folders-view .monaco-list-row[aria-label^="${name}"]`)

  const bench = {
    page,
    ready: () => page.locator('.explorer-folders-view .monaco-list-row').first().waitFor(),
    picture: name => page.screenshot({ path: join(pictures, `${name}.png`) }),

    /** Runs a command by its title; the palette is reopened until the extension has registered it. */
    async command(title) {
      const row = rows.filter({ hasText: title }).first()
      for (let attempt = 0; ; attempt++) {
        await page.keyboard.press('F1')
        await quickInput.locator('input.input').fill(`>${title}`)
        const found = await row.waitFor({ timeout: 1500 }).then(
          () => true,
          () => false,
        )
        if (found) break
        if (attempt === 20) throw new Error(`no such command: ${title}`)
        await page.keyboard.press('Escape')
        await quickInput.waitFor({ state: 'hidden' })
      }
      await row.click()
    },

    /** Unfolds the folders of `path` in the explorer and gives the row of its last part. */
    async explorer(path) {
      const parts = path.split('/')
      for (let i = 0; i < parts.length - 1; i++) {
        const row = explorerRow(parts[i]).first()
        await row.waitFor()
        if ((await row.getAttribute('aria-expanded')) === 'false') await row.click()
        await explorerRow(parts[i + 1])
          .first()
          .waitFor()
      }
      return explorerRow(parts.at(-1)).first()
    },

    async open(path) {
      const row = await bench.explorer(path)
      await row.dblclick()
      await page.locator('.tab.active', { hasText: path.split('/').at(-1) }).waitFor()
      await page.locator('.monaco-editor .view-line').first().waitFor()
    },

    /** An entry of the context menu; the menu is opened again until the extension has told VS Code which files it is for. */
    async contextMenu(path, title) {
      const item = page.locator('.context-view .monaco-menu .action-item', { hasText: title }).first()
      for (let attempt = 0; ; attempt++) {
        await (await bench.explorer(path)).click({ button: 'right' })
        await page.locator('.context-view .monaco-menu .action-item').first().waitFor()
        if (await item.isVisible()) return item
        if (attempt === 40) throw new Error(`no such entry: ${title}`)
        await page.keyboard.press('Escape')
        await page.locator('.context-view .monaco-menu').waitFor({ state: 'detached' })
      }
    },

    /** Waits for the step of a pick whose placeholder begins with `placeholder`, with its input focused and a row chosen. */
    async pickAsking(placeholder) {
      await quickInput.locator(`input.input[placeholder^="${placeholder}"]:focus`).waitFor()
      await quickInput.locator('.monaco-list-row.focused').first().waitFor()
    },

    /** Answers an open pick with the row whose label is `text`. */
    async pick(text) {
      const row = page
        .locator(`.quick-input-list .monaco-list-row[aria-label^="${text},"], .quick-input-list .monaco-list-row[aria-label^="${text} "]`)
        .first()
      await row.waitFor()
      await row.click()
    },
    quickInput,
    quickRows: rows,

    /** The document inside the newest visible webview. */
    webview: () => page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame'),

    editorLine: text => page.locator('.monaco-editor .view-line', { hasText: text }).first(),

    async typeAtEnd(lineText, text) {
      await bench.editorLine(lineText).click()
      await page.keyboard.press('End')
      await page.keyboard.type(text)
    },

    suggestion: label => page.locator('.suggest-widget.visible .monaco-list-row', { hasText: label }).first(),
    squiggles: kind => page.locator(`.monaco-editor .squiggly-${kind}`),
    problem: text => page.locator('.markers-panel .monaco-list-row', { hasText: text }).first(),
    toast: text => page.locator('.notifications-toasts .notification-list-item-message', { hasText: text }).first(),
    treeRow: text => page.locator('.pane-body .monaco-list-row', { hasText: text }).first(),
    close: () => page.context().close(),
  }
  return bench
}
