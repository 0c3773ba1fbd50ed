import Papa from 'papaparse'

/** Lines that are looked at. */
const sampleLines = 20

/**
 * The character between the cells of the first lines, found as papaparse finds it: the one that gives the same number of cells line by line.
 *
 * @returns undefined when none of them gives more than one cell
 */
export function sniffDelimiter(bytes: Uint8Array, quotechar: string): string | undefined {
  const lines = new TextDecoder()
    .decode(bytes.subarray(0, 65536))
    .split(/\r\n|\r|\n/)
    .slice(0, sampleLines)
  const { data, meta } = Papa.parse<string[]>(lines.join('\n'), {
    delimitersToGuess: [',', ';', '\t', '|'],
    quoteChar: quotechar,
    skipEmptyLines: true,
  })
  return data.length > 0 && data[0].length > 1 ? meta.delimiter : undefined
}
