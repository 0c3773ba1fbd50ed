// Drives a real VS Code workbench in a real browser: the few gestures that the suites need, each waiting for a state.
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { editorGestures } from './editor.mjs'

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

/** Opens `folder` in the VS Code at `base`; pictures go to the folder `pictures`. */
export async function openWorkbench(profile, { base, folder, pictures }) {
  // Nothing may leave the machine.
  await profile.route(
    url => url.hostname !== '127.0.0.1',
    route => route.abort(),
  )
  const page = await profile.newPage()
  page.setDefaultTimeout(Number(process.env.FITWRIGHT_WAIT) || 120_000)
  const bench = workbench(page, pictures)
  await page.goto(`${base}/?folder=${encodeURIComponent(folder)}`, { waitUntil: 'domcontentloaded' })
  await bench.ready()
  return bench
}

/** Errors of our own page, and whatever its content security policy has refused. */
function listen(page) {
  const complaints = []
  page.on('console', message => {
    const { url } = message.location()
    const ours = /panel\.(js|css)|fake\.html/.test(url) || /Content Security Policy/.test(message.text())
    if (message.type() === 'error' && ours) complaints.push(`${message.text()} (${url})`)
  })
  page.on('pageerror', error => {
    if (/panel\.js/.test(error.stack ?? '')) complaints.push(error.stack)
  })
  return complaints
}

function workbench(page, pictures) {
  const quickInput = page.locator('.quick-input-widget')
  const quickRows = page.locator('.quick-input-list .monaco-list-row')
  const menuItems = page.locator('.context-view .monaco-menu .action-item')
  const explorerRow = name => page.locator(`.explorer-folders-view .monaco-list-row[aria-label^="${name}"]`).first()

  /**
   * Makes a gesture until it has led to `there`. The workbench draws its rows, lines and menus again whenever it learns something, and a click
   * that falls into such a moment meets a neighbour or nothing, as it would for a person, who then clicks again.
   */
  const until = async (there, gesture, patience = 8000) => {
    for (let attempt = 0; attempt < 12; attempt++) {
      await gesture()
      if (await shows(there, patience)) return
    }
    throw new Error(`twelve times in vain: ${gesture} should have led to ${there}`)
  }

  /** Rows move while files appear: the folder is open once it says so. */
  const unfold = async row => {
    await row.waitFor()
    const open = row.and(page.locator('[aria-expanded="true"]'))
    await until(open, async () => (await open.isVisible()) || row.click())
  }

  const bench = {
    page,
    until,
    menu: menuItems.first(),
    complaints: listen(page),
    ready: () => page.locator('.explorer-folders-view .monaco-list-row').first().waitFor(),
    picture: name => page.screenshot({ path: join(pictures, `${name}.png`) }),

    /** Runs a command by its title; the palette is opened again until the extension has registered it. */
    async command(title) {
      const row = page.locator(`.quick-input-list .monaco-list-row:is([aria-label="${title}"], [aria-label^="${title},"])`)
      for (let attempt = 0; ; attempt++) {
        await page.keyboard.press('F1')
        await quickInput.locator('input.input').fill(`>${title}`)
        if (await shows(row, 1500)) break
        if (attempt === 20) throw new Error(`no such command: ${title}`)
        await page.keyboard.press('Escape')
        await quickInput.waitFor({ state: 'hidden' })
      }
      await bench.pickRow(row.first())
    },

    /** Scrolls a long list until `row` is in it. */
    async scrolledTo(list, row) {
      await list.hover()
      for (let i = 0; i < 60 && !(await shows(row, 200)); i++) await page.mouse.wheel(0, 120)
      return row
    },

    /** Unfolds the folders of `path` in the explorer and gives the row of its last part. */
    async explorer(path) {
      const parts = path.split('/')
      if (!(await page.locator('.explorer-folders-view').isVisible())) await page.keyboard.press('Control+Shift+e')
      for (let i = 0; i < parts.length - 1; i++) {
        await unfold(explorerRow(parts[i]))
        await explorerRow(parts[i + 1]).waitFor()
      }
      return explorerRow(parts.at(-1))
    },

    /** The entries of a file's context menu. */
    async contextEntries(path) {
      await until(bench.menu, async () => (await bench.explorer(path)).click({ button: 'right' }))
      return menuItems.allInnerTexts()
    },

    async closeMenu() {
      await page.keyboard.press('Escape')
      await page.locator('.context-view .monaco-menu').waitFor({ state: 'detached' })
    },

    /** Chooses an entry of a file's context menu; the menu is opened again until the extension has told VS Code which files it is for. */
    async contextMenu(path, title) {
      const item = menuItems.filter({ hasText: title }).first()
      for (let attempt = 0; ; attempt++) {
        await bench.contextEntries(path)
        if (await item.isVisible()) return bench.choose(title)
        if (attempt === 40) throw new Error(`no such entry: ${title}`)
        await bench.closeMenu()
      }
    },

    /** Chooses an entry of the open menu by key: a menu is deaf to the mouse in its first moments. */
    async choose(title) {
      const item = menuItems.filter({ hasText: title }).first()
      await item.hover()
      await page.locator('.context-view .monaco-menu .action-item.focused', { hasText: title }).first().waitFor()
      await page.keyboard.press('Enter')
      await page.locator('.context-view .monaco-menu').waitFor({ state: 'detached' })
    },

    /** Waits for the step of a pick whose placeholder begins with `placeholder`, with its input focused and a row chosen. */
    async pickAsking(placeholder) {
      await quickInput.locator(`input.input[placeholder^="${placeholder}"]:focus`).waitFor()
      await quickInput.locator('.monaco-list-row.focused').first().waitFor()
    },

    /** Answers an open pick with the row whose label is `text`. */
    pick: text =>
      bench.pickRow(page.locator(`.quick-input-list .monaco-list-row:is([aria-label^="${text},"], [aria-label^="${text} "])`).first()),
    /** Answers an open pick with a row. It goes when it is taken, with the pick or its step. */
    async pickRow(row) {
      await row.waitFor()
      const gone = page.locator('.monaco-workbench').filter({ hasNot: row.filter({ visible: true }) })
      await until(gone, async () => (await row.isVisible()) && row.click({ timeout: 5000 }).catch(() => {}))
    },

    /** Run with Config… on a config, answering the groups in order, then the overrides. */
    async runWithConfig(path, { groups = {}, overrides = '' } = {}) {
      await bench.contextMenu(path, 'Run with Config…')
      for (const [group, option] of Object.entries(groups)) {
        await bench.pickAsking(`${group}: choose an option`)
        await bench.pick(option)
      }
      // A key pressed before the last step has replaced the one before it would go to that one.
      await bench.pickAsking('Overrides, such as')
      // The last ones are offered again.
      await quickInput.locator('input.input').fill(overrides)
      await page.keyboard.press('Enter')
      await quickInput.waitFor({ state: 'hidden' })
    },
    quickInput,
    quickRows,

    /** A row of the Runs view, which is shown first. */
    async run(text) {
      const view = page.locator('.pane-body .monaco-list[aria-label*="Runs"]')
      if (!(await view.isVisible())) await bench.command('Fitwright: Focus on Runs View')
      return page.locator('.pane-body .monaco-list-row', { hasText: text }).first()
    },
    /** Opens a run's panel; the row is clicked again when the tree was being drawn under the first click. */
    async openRun(text) {
      const row = await bench.run(text)
      const title = await row.locator('.label-name').innerText()
      await until(page.locator('.tab.active', { hasText: title }), () => row.click())
      return bench.panel()
    },

    /** The document inside the visible webview. */
    panel: () => page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame'),
    async tab(name) {
      const tab = bench.panel().getByRole('tab', { name, exact: true })
      await until(tab.and(bench.panel().locator('[aria-selected="true"]')), () => tab.click())
    },

    toast: text => page.locator('.notifications-toasts .notification-list-item-message', { hasText: text }).first(),

    /** Chooses a colour theme in the folder's settings and waits until it is shown. */
    async theme(project, name, className) {
      // Written again while nobody has noticed: the window may not have begun to watch the folder.
      const write = async () => project.write('.vscode/settings.json', JSON.stringify({ 'workbench.colorTheme': name }))
      await until(page.locator(`.monaco-workbench.${className}`), write)
    },
    /** As a user reloads: VS Code first keeps what it needs to come back, which the browser's own reload does not wait for. */
    async reload() {
      const loaded = page.waitForEvent('domcontentloaded')
      await bench.command('Developer: Reload Window')
      await loaded
      await page.locator('.monaco-workbench .activitybar').waitFor()
    },
    close: () => page.close(),
  }
  return Object.assign(bench, editorGestures(page, bench))
}

export const shows = (locator, timeout) =>
  locator
    .first()
    .waitFor({ timeout })
    .then(
      () => true,
      () => false,
    )
