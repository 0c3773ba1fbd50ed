const isLetter = (c: string) => /^\p{L}$/u.test(c)
const isDigit = (c: string) => c >= '0' && c <= '9'

/**
 * A text cut where letters, digits and other characters meet. Points stay inside a decimal number, and a comma that stands for one becomes a
 * point; whitespace becomes a space. Source: dateutil 2.9, observed.
 */
export function dateTokens(text: string): string[] {
  const chars = [...text].filter(c => c !== '\0')
  const tokens: string[] = []
  for (let at = 0; at < chars.length; ) {
    const from = at
    const c = chars[at++]
    if (!isLetter(c) && !isDigit(c)) {
      tokens.push(/\s/.test(c) ? ' ' : c)
      continue
    }
    let [inWord, pointed] = [isLetter(c), false]
    let letters = false
    for (; at < chars.length; at++) {
      const next = chars[at]
      const previous = chars[at - 1]
      if (inWord) letters = true
      if (inWord ? isLetter(next) : isDigit(next)) continue
      if (next === '.' || (next === ',' && !pointed && !inWord && at - from >= 2)) pointed = true
      else if (pointed && previous === '.' && (isLetter(next) || isDigit(next))) inWord = isLetter(next)
      else break
    }
    const token = chars.slice(from, at).join('')
    if (!pointed) tokens.push(token)
    else if (letters || token.split('.').length > 2 || /[.,]$/.test(token))
      tokens.push(...token.split(/([.,])/).filter((part, k) => k === 0 || part))
    else tokens.push(!inWord && !token.includes('.') ? token.replaceAll(',', '.') : token)
  }
  return tokens
}
