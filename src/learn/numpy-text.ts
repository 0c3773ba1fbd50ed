import { pythonFloat } from './python-float.ts'

/** Columns of a line of numpy's text, without the comma at its end. */
const widest = 74

/** Of longer arrays numpy shows three values at either end. */
const mostShown = 1000

/** Floats as numpy prints them beside each other: `0.5 ` and `1.25`. */
export function numpyWords(values: readonly number[]): string[] {
  const parts = values.map(value => pythonFloat(value).replace(/\.0$/, '.').split('.'))
  const whole = Math.max(...parts.map(([digits]) => digits.length))
  const fraction = Math.max(...parts.map(([, digits = '']) => digits.length))
  return parts.map(([digits, rest = '']) => `${digits.padStart(whole)}.${rest.padEnd(fraction)}`)
}

/** Ints as numpy prints an array of them: `[-1  2]`. */
export function numpyInts(values: readonly number[]): string {
  const width = Math.max(...values.map(value => String(value).length))
  return `[${values.map(value => String(value).padStart(width)).join(' ')}]`
}

/** Ints of an array, each as wide as the widest. */
export function numpyIntWords(values: readonly number[]): readonly string[] {
  const width = Math.max(...values.map(value => String(value).length))
  return values.map(value => String(value).padStart(width))
}

/** The first line of a message that goes on with `end` behind an array, as numpy prints it: long ones take several lines. */
export function numpyLine(words: readonly string[], end: string): string {
  const shown = words.length > mostShown ? [...words.slice(0, 3), '...', ...words.slice(-3)] : words
  let line = '['
  for (const [i, word] of shown.entries()) {
    if (line.length + word.length + (i ? 1 : 0) > widest) return line
    line += `${i ? ' ' : ''}${word}`
  }
  return `${line}]${end}`
}

/** Floats as numpy's `repr` of an array has them on its first line: `array([0.5 , 1.25])`. */
export function numpyFloats(values: ArrayLike<number>): string {
  const shown = values.length > mostShown ? [...Array.from(values).slice(0, 3), ...Array.from(values).slice(-3)] : Array.from(values)
  const words = numpyWords(shown)
  if (values.length > mostShown) words.splice(3, 0, '...')
  let line = 'array(['
  for (const [i, word] of words.entries()) {
    if (line.length + word.length > widest) return line.trimEnd()
    line += i < words.length - 1 ? `${word}, ` : `${word}]`
  }
  if (values.length <= mostShown) return `${line})`
  const shape = `shape=(${values.length},))`
  return line.length + shape.length + 2 > widest + 1 ? `${line},` : `${line}, ${shape}`
}
