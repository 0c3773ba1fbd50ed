// What a writer of configs does in the text editor, and what the editor answers.
import assert from 'node:assert/strict'

export function editorGestures(page, bench) {
  const suggestions = page.locator('.suggest-widget.visible .monaco-list-row')
  const hover = page.locator('.monaco-resizable-hover .monaco-hover:visible, .monaco-hover:not(.hidden)').filter({ visible: true })

  return {
    async open(path) {
      const tab = page.locator('.tab.active', { hasText: path.split('/').at(-1) })
      await bench.until(tab, async () => (await bench.explorer(path)).dblclick())
      await page.locator('.editor-group-container.active .monaco-editor .view-line').first().waitFor()
    },

    /** Replaces the text of the active editor, as a paste would, so that nothing is indented or closed by itself. */
    async setText(text) {
      await page.locator('.editor-group-container.active .monaco-editor .view-lines').first().click()
      await page.keyboard.press('Control+a')
      await page.keyboard.insertText(text)
    },
    type: text => page.keyboard.type(text),

    /** Puts the cursor at a place counted from 1. */
    async goTo(line, column) {
      await bench.until(bench.cursorAt(line, column), async () => {
        await bench.until(bench.quickInput, () => page.keyboard.press('Control+g'))
        await bench.quickInput.locator('input.input').fill(`:${line}:${column}`)
        await page.keyboard.press('Enter')
        await bench.quickInput.waitFor({ state: 'hidden' })
      })
    },

    /**
     * Asks for suggestions until `label` is among them (the server may still be starting) and gives all labels.
     * The widget shows only the rows that fit.
     */
    async suggestions(label) {
      const row = suggestions.filter({ has: page.locator('.label-name', { hasText: exactly(label) }) })
      for (let attempt = 0; ; attempt++) {
        await page.keyboard.press('Control+Space')
        const found = await row
          .first()
          .waitFor({ timeout: 2000 })
          .then(
            () => true,
            () => false,
          )
        if (found) return suggestions.locator('.label-name').allInnerTexts()
        if (attempt === 15) assert.fail(`${label} is not suggested, but ${await suggestions.allInnerTexts()}`)
        await page.keyboard.press('Escape')
      }
    },

    /** The documentation beside the chosen suggestion. */
    async suggestionDoc() {
      const details = page.locator('.suggest-details:visible')
      if (!(await details.isVisible())) await page.keyboard.press('Control+Space')
      await details.locator('.body').waitFor()
      return details.innerText()
    },

    /** What the hover at the cursor says; asked again until it has `expected`. */
    async hoverSaying(expected) {
      const box = hover.filter({ hasText: expected }).first()
      for (let attempt = 0; ; attempt++) {
        await page.keyboard.press('Control+k')
        await page.keyboard.press('Control+i')
        const found = await box.waitFor({ timeout: 2000 }).then(
          () => true,
          () => false,
        )
        if (found) return box.innerText()
        if (attempt === 15) assert.fail(`no hover says ${expected}, but ${await hover.allInnerTexts()}`)
        await page.keyboard.press('Escape')
      }
    },

    /** Ctrl+click on a word of a line, wherever the colours divide it, until it has led to `there`: lenses and hints move lines while they come. */
    async controlClick(line, word, there) {
      const row = page.locator('.editor-group-container.active .view-line', { hasText: line }).first()
      await bench.until(there, async () => {
        const { x, y } = await row.evaluate(placeOfWord, word)
        await page.keyboard.down('Control')
        await page.mouse.click(x, y)
        await page.keyboard.up('Control')
      })
    },

    /** The active editor's line and column, as the status bar tells. */
    cursorAt: (line, column) => page.locator('.statusbar-item', { hasText: `Ln ${line}, Col ${column}` }),
    activeTab: name => page.locator('.tab.active', { hasText: name }),
    line: text => page.locator('.editor-group-container.active .view-line', { hasText: text }).first(),
    /** Waits for text that a decoration puts behind a line. */
    greyedText: text =>
      page.waitForFunction(
        wanted =>
          [...document.querySelectorAll('.view-line [class*="ced-"]')].some(mark =>
            getComputedStyle(mark, '::after').content.includes(wanted),
          ),
        text,
      ),
    squiggle: kind => page.locator(`.monaco-editor .squiggly-${kind}`).first().waitFor({ state: 'attached' }),

    /** A line of Problems. */
    async problem(text) {
      const view = page.locator('.markers-panel')
      await bench.until(view, async () => (await view.isVisible()) || page.keyboard.press('Control+Shift+m'))
      const row = page.locator('.markers-panel .monaco-list-row', { hasText: text }).first()
      await row.waitFor()
      return row
    },
    noProblem: text => page.locator('.markers-panel .monaco-list-row', { hasText: text }).first().waitFor({ state: 'detached' }),
  }
}

/** The middle of the first letter of `word` in an element's text, in pixels of the window. */
function placeOfWord(element, word) {
  let at = element.textContent.indexOf(word)
  if (at < 0) throw new Error(`no ${word} in ${element.textContent}`)
  const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    if (at < node.length) {
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + 1)
      const { left, top, width, height } = range.getBoundingClientRect()
      return { x: left + width / 2, y: top + height / 2 }
    }
    at -= node.length
  }
}

const exactly = text => new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`)
