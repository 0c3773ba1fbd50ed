import type { InterpolationToken, InterpolationTokenKind } from './interpolation-lexer.ts'

/** What a token stands for; some backslashes count only before an interpolation or the closing quote. */
export function unescaped({ kind, text }: InterpolationToken, next: InterpolationTokenKind): string {
  switch (kind) {
    case 'ESC_INTER':
      return text.slice(-(Math.floor(text.length / 2) + 1))
    case 'ESC':
      return everySecond(text)
    case 'TOP_ESC':
      return next === 'INTER_OPEN' ? everySecond(text) : text
    case 'QUOTED_ESC':
      return next === 'INTER_OPEN' || next === 'MATCHING_QUOTE_CLOSE' ? everySecond(text) : text
    default:
      return text
  }
}

const everySecond = (text: string): string => text.replace(/[\s\S]([\s\S])/g, '$1')
