// SVG as text. Colours and fonts come from classes (panel.css), so that a picture is free of any theme.

export interface Size {
  readonly width: number
  readonly height: number
}

type Attributes = Readonly<Record<string, string | number | undefined>>

const escaped: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
export const escapeMarkup = (text: string): string => text.replace(/[&<>"]/g, c => escaped[c])

/** Tenths of a pixel are enough and keep pictures small. */
const rounded = (value: string | number): string => (typeof value === 'number' ? String(Math.round(value * 10) / 10) : escapeMarkup(value))

/** One element. `content` is markup; text goes through `escapeMarkup` first. */
export function element(name: string, attributes: Attributes, content = ''): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${rounded(value!)}"`)
    .join('')
  return content ? `<${name}${written}>${content}</${name}>` : `<${name}${written}/>`
}

/** A whole picture; `description` is the sentence that a screen reader speaks. */
export function svg({ width, height }: Size, description: string, parts: readonly string[]): string {
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    role: 'img',
    'aria-label': description,
  }
  return element('svg', attributes, parts.join(''))
}

export const text = (x: number, y: number, content: string, attributes: Attributes = {}): string =>
  element('text', { x, y, ...attributes }, escapeMarkup(content))

export const line = (x1: number, y1: number, x2: number, y2: number, className: string): string =>
  element('line', { x1, y1, x2, y2, class: className })

/** A mark with a tooltip. */
export const circle = (cx: number, cy: number, r: number, attributes: Attributes, title = ''): string =>
  element('circle', { cx, cy, r, ...attributes }, title && element('title', {}, escapeMarkup(title)))
