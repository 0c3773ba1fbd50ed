import type { PanelToHost, RunSnapshot } from '../protocol.ts'
import type { ViewChoices } from './panel-state.ts'
import { type Children, h } from './render.ts'

/** What every view gets: the run, the reader's choices, and how to change them. */
export interface Page {
  readonly snapshot: RunSnapshot
  readonly choices: ViewChoices
  /** Pixels that the content has. */
  readonly width: number
  readonly now: Date
  readonly choose: (change: Partial<ViewChoices>) => void
  readonly post: (message: PanelToHost) => void
  /** Scroll position of a long table. */
  readonly scrolled: (id: string) => { readonly top: number; readonly height: number; readonly onScroll: (element: HTMLElement) => void }
}

/** Opens the place where something is written. */
export const openPlace = (page: Page, path: string, line: number, column?: number): void =>
  page.post({ type: 'openLocation', path, line, column })

/** The end of a path that tells files apart: `models/multi_rf.yaml`. */
export const shortPath = (path: string): string => path.split(/[\\/]/).slice(-2).join('/')

/** A place as it is shown: `models/multi_rf.yaml:4`, which may go on below after its slash. */
export const placeLabel = (path: string, line: number): Children =>
  `${shortPath(path)}:${line}`.split(/(?<=\/)/).flatMap((part, i) => (i ? [h('wbr'), part] : [part]))
