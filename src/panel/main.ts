import './panel.css'
import type { HostToPanel, PanelToHost } from '../protocol.ts'
import { announcement } from './announcement.ts'
import type { Page } from './page.ts'
import { initialChoices, type PanelState, reduce, type ViewChoices } from './panel-state.ts'
import { render } from './render.ts'
import { registerComponents } from './ui.ts'
import { shell } from './views/shell.ts'

declare function acquireVsCodeApi(): {
  postMessage(message: PanelToHost): void
  getState(): { readonly runDir?: string; readonly choices?: Partial<ViewChoices> } | undefined
  setState(state: { readonly runDir?: string; readonly choices: ViewChoices }): void
}

const vscode = acquireVsCodeApi()
const root = document.getElementById('root')!
const status = document.getElementById('status')!
const scrolls = new Map<string, { top: number; height: number }>()
let state: PanelState = { gone: false, choices: { ...initialChoices, ...vscode.getState()?.choices } }
let width = root.clientWidth
let waiting: ReturnType<typeof setTimeout> | undefined
let drawing = false
/** When the last drawing ended, and how long it took. */
let drawn = { at: 0, took: 0 }

registerComponents()
window.addEventListener('message', ({ data }: MessageEvent<HostToPanel>) => update(reduce(state, data), drawSoon))
new ResizeObserver(() => {
  if (Math.abs(root.clientWidth - width) < 2) return
  width = root.clientWidth
  draw()
}).observe(root)
draw()
vscode.postMessage({ type: 'ready', version: 1 })

function update(next: PanelState, show = draw): void {
  const said = state.snapshot && next.snapshot ? announcement(state.snapshot, next.snapshot) : ''
  if (said) status.textContent = said
  state = next
  vscode.setState({ runDir: state.snapshot?.runDir ?? vscode.getState()?.runDir, choices: state.choices })
  show()
}

/** At most one drawing per frame. What the reader does is drawn at once. */
function draw(): void {
  clearTimeout(waiting)
  waiting = undefined
  if (drawing) return
  drawing = true
  requestAnimationFrame(drawNow)
}

/** What a run does takes a fifth of the time at most: clicks must come through while a long study is drawn. */
function drawSoon(): void {
  const rest = Math.min(4000, drawn.at + 4 * drawn.took - performance.now())
  if (drawn.took < 20 || rest <= 0) draw()
  else waiting ??= setTimeout(draw, rest)
}

function drawNow(): void {
  drawing = false
  const started = performance.now()
  const log = document.querySelector('.log')
  const atEnd = log ? log.scrollTop + log.clientHeight >= log.scrollHeight - 4 : true
  render(root, shell(state, page()))
  const after = document.querySelector('.log')
  if (after && (atEnd || !log)) after.scrollTop = after.scrollHeight
  const ended = performance.now()
  drawn = { at: ended, took: ended - started }
}

function page(): Page | undefined {
  const { snapshot, choices } = state
  if (!snapshot) return undefined
  return {
    snapshot,
    choices,
    // The page's own padding: see `main` in panel.css.
    width: Math.max(260, Math.min(1180, width) - (width > 480 ? 40 : 24)),
    now: new Date(),
    choose: change => update({ ...state, choices: { ...state.choices, ...change } }),
    post: message => vscode.postMessage(message),
    scrolled: id => {
      const at = scrolls.get(id) ?? { top: 0, height: 800 }
      const onScroll = ({ scrollTop, clientHeight }: HTMLElement) => {
        scrolls.set(id, { top: scrollTop, height: clientHeight })
        draw()
      }
      return { ...at, onScroll }
    },
  }
}
