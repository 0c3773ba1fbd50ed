import { pythonText } from './casts.ts'
import { type Element, globDict, type QuotedElement } from './elements.ts'

/** An element as Hydra writes it into the overrides of a job: `True`, `1e-05`, `a\:b`, quotes as they were. Sweeps but globs have no such text. */
export function elementText(element: Element): string {
  switch (element.kind) {
    case 'null':
      return 'null'
    case 'quoted':
      return quotedText(element)
    case 'list':
      return `[${element.items.map(elementText).join()}]`
    case 'dict':
      return `{${element.entries.map(({ key, value }) => `${elementText(key)}:${elementText(value)}`).join()}}`
    case 'str':
      return element.value.replace(/[\\()[\]{}:=, \t]/g, '\\$&')
    case 'int':
    case 'float':
    case 'bool':
      return pythonText(element)
    case 'glob':
      return elementText(globDict(element))
    default:
      throw new Error(`a ${element.kind} has no text`)
  }
}

/** Quotes around a text again: backslashes before a quote (the closing one too) are doubled, quotes get one. */
function quotedText({ value, quote }: QuotedElement): string {
  const escaped = `${value}${quote}`.replace(
    quote === "'" ? /(\\*)'/g : /(\\*)"/g,
    (_, slashes: string) => `${slashes}${slashes}\\${quote}`,
  )
  // the closing quote got a backslash too
  return `${quote}${escaped.slice(0, -2)}${quote}`
}
