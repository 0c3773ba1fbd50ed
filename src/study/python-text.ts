/** Python's `repr` of a float: shortest digits, exponent from 1e16 on and below 1e-4, always a point or an exponent. */
export function floatText(x: number): string {
  if (Number.isNaN(x)) return 'nan'
  if (!Number.isFinite(x)) return x > 0 ? 'inf' : '-inf'
  if (Object.is(x, -0)) return '-0.0'
  const a = Math.abs(x)
  if (a !== 0 && (a >= 1e16 || a < 1e-4)) {
    const [mantissa, exponent] = x.toExponential().split('e')
    const power = Number(exponent)
    return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
  }
  const text = String(x)
  return text.includes('.') ? text : `${text}.0`
}

/** Python's `repr` of a str. */
export function stringText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  let out = quote
  for (const character of text) {
    const code = character.codePointAt(0)!
    if (character === quote || character === '\\') out += `\\${character}`
    else if (character === '\n') out += '\\n'
    else if (character === '\r') out += '\\r'
    else if (character === '\t') out += '\\t'
    else if (code < 32 || code === 127) out += `\\x${code.toString(16).padStart(2, '0')}`
    else out += character
  }
  return out + quote
}

/** Python's `repr` of a value that a config or an objective can give; a whole number is taken for an int. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (value === true) return 'True'
  if (value === false) return 'False'
  if (typeof value === 'string') return stringText(value)
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) < 1e16 ? String(value) : floatText(value)
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]`
  if (value instanceof Map) return `{${[...value].map(([k, v]) => `${valueText(k)}: ${valueText(v)}`).join(', ')}}`
  return String(value)
}

/** Python's name of a value's type. */
export function typeText(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'string') return 'str'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  return Array.isArray(value) ? 'list' : 'dict'
}
