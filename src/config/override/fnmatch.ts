const compiled = (pattern: string): RegExp => {
  let out = ''
  for (let i = 0; i < pattern.length; i++) {
    const c = pattern[i]
    if (c === '*') out += '[\\s\\S]*'
    else if (c === '?') out += '[\\s\\S]'
    else if (c === '[') {
      let j = i + 1
      if (pattern[j] === '!') j++
      if (pattern[j] === ']') j++
      while (j < pattern.length && pattern[j] !== ']') j++
      if (j >= pattern.length) out += '\\['
      else {
        out += characterSet(pattern.slice(i + 1, j))
        i = j
      }
    } else out += c.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&')
  }
  return new RegExp(`^(?:${out})$`, 'u')
}

/** `[abc]`, `[a-z]`, `[!abc]`; a range that runs backwards matches nothing. */
function characterSet(inner: string): string {
  const negated = inner[0] === '!'
  const chars = [...(negated ? inner.slice(1) : inner)]
  let set = ''
  const quoted = (c: string) => c.replace(/[\\\]^[-]/, '\\$&')
  for (let i = 0; i < chars.length; i++) {
    if (chars[i + 1] === '-' && i + 2 < chars.length) {
      if (chars[i] <= chars[i + 2]) set += `${quoted(chars[i])}-${quoted(chars[i + 2])}`
      i += 2
    } else set += quoted(chars[i])
  }
  if (set === '') return negated ? '[\\s\\S]' : '(?!)'
  return `[${negated ? '^' : ''}${set}]`
}

/** Python's `fnmatch`: `*`, `?`, `[seq]`, `[!seq]`; case matters. */
export function matchesGlob(name: string, pattern: string): boolean {
  // many stars in a row would make the expression slow
  return compiled(pattern.replace(/\*+/g, '*')).test(name)
}
