// The only module that knows @vscode/webview-ui-toolkit: each component as a function. Another toolkit would change this file alone.
import {
  provideVSCodeDesignSystem,
  vsCodeBadge,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodePanels,
  vsCodePanelTab,
  vsCodePanelView,
  vsCodeProgressRing,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit'
import { type Children, h, type PageNode } from './render.ts'

export function registerComponents(): void {
  provideVSCodeDesignSystem().register(
    vsCodeBadge(),
    vsCodeButton(),
    vsCodeCheckbox(),
    vsCodeDropdown(),
    vsCodeOption(),
    vsCodePanels(),
    vsCodePanelTab(),
    vsCodePanelView(),
    vsCodeProgressRing(),
    vsCodeTextField(),
  )
}

export interface ButtonOptions {
  readonly label: string
  readonly onClick: (event: Event) => void
  readonly look?: 'primary' | 'secondary'
  readonly title?: string
  readonly disabled?: boolean
  /** For VS Code's own context menu: `data-vscode-context`. */
  readonly context?: object
  readonly popup?: boolean
}

export const button = ({ label, onClick, look = 'primary', title, disabled, context, popup }: ButtonOptions): PageNode =>
  h(
    'vscode-button',
    {
      key: `button:${look}:${title ?? label}`,
      appearance: look,
      title,
      'aria-label': title ?? label,
      'aria-haspopup': popup ? 'menu' : undefined,
      disabled,
      'data-vscode-context': context && JSON.stringify(context),
      onClick,
    },
    label,
  )

/** Looks like a link and acts: opens a place, a file, a trial. */
export const link = (
  label: Children,
  onClick: (event: Event) => void,
  options: { readonly title?: string; readonly class?: string } = {},
): PageNode =>
  h(
    'button',
    {
      type: 'button',
      class: `link ${options.class ?? ''}`.trim(),
      title: options.title,
      'aria-label': spokenName(label, options.title),
      onClick,
    },
    label,
  )

/** A title that says more than the label is the name, if it holds the label: who speaks to the computer says what stands there (WCAG 2.5.3). */
const spokenName = (label: Children, title: string | undefined): string | undefined =>
  typeof label !== 'string' || title?.toLowerCase().includes(label.toLowerCase()) ? title : undefined

export interface TabOptions {
  readonly id: string
  readonly label: string
  readonly badge?: string
}

/** Tabs and the view of the active one. */
export function tabs(all: readonly TabOptions[], active: string, onChange: (id: string) => void, content: Children): PageNode {
  const changed = (event: Event) => {
    const { target, currentTarget } = event as CustomEvent
    const id = (currentTarget as unknown as { activeid?: string }).activeid?.replace(/^tab-/, '')
    if (target === currentTarget && id && id !== active) onChange(id)
  }
  return h(
    'vscode-panels',
    { key: 'tabs', activeid: `tab-${active}`, 'aria-label': 'Parts of the run', onChange: changed },
    all.map(({ id, label, badge }) =>
      h('vscode-panel-tab', { key: `tab-${id}`, id: `tab-${id}` }, label, badge && h('vscode-badge', { appearance: 'secondary' }, badge)),
    ),
    all.map(({ id }) =>
      h(
        'vscode-panel-view',
        { key: `view-${id}`, id: `view-${id}` },
        id === active && h('div', { key: `content-${id}`, class: 'view' }, content),
      ),
    ),
  )
}

export interface TextFieldOptions {
  readonly label: string
  readonly value: string
  readonly placeholder?: string
  readonly onInput: (value: string) => void
}

export const textField = ({ label, value, placeholder, onInput }: TextFieldOptions): PageNode =>
  h('vscode-text-field', {
    key: `field:${label}`,
    class: 'field',
    'aria-label': label,
    placeholder,
    '.value': value,
    onInput: (event: Event) => onInput((event.target as unknown as { value: string }).value),
  })

export const checkbox = (label: string, checked: boolean, onChange: (checked: boolean) => void): PageNode =>
  h(
    'vscode-checkbox',
    {
      key: `checkbox:${label}`,
      '.checked': checked,
      onChange: (event: Event) => {
        const now = (event.target as unknown as { checked: boolean }).checked
        if (now !== checked) onChange(now)
      },
    },
    label,
  )

export const choice = (label: string, options: readonly string[], value: string, onChange: (value: string) => void): PageNode =>
  h(
    'vscode-dropdown',
    {
      key: `choice:${label}`,
      'aria-label': label,
      '.value': value,
      onChange: (event: Event) => {
        const now = (event.target as unknown as { value: string }).value
        if (now && now !== value) onChange(now)
      },
    },
    options.map(option => h('vscode-option', { key: option, value: option }, option)),
  )

export const progressRing = (label: string): PageNode => h('vscode-progress-ring', { 'aria-label': label, class: 'ring' })
