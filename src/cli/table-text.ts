/** Rows as aligned columns with a head; numbers stand right. */
export function tableText(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, i) => Math.max(widthOf(title), ...rows.map(row => widthOf(row[i] ?? ''))))
  const right = head.map((_, i) => rows.length > 0 && rows.every(row => !row[i] || /^[-+]?[\d.]+(?:e[-+]?\d+)?(?: m?s| %)?$/i.test(row[i])))
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, i) => (right[i] ? ' '.repeat(widths[i] - widthOf(cell)) + cell : cell + ' '.repeat(widths[i] - widthOf(cell))))
      .join('  ')
      .trimEnd()
  return [line(head), line(widths.map(width => '─'.repeat(width))), ...rows.map(line)].join('\n')
}

const widthOf = (text: string) => [...text].length

/** Four significant digits, as the panel shows them. */
export const shortNumber = (value: number): string =>
  Number.isInteger(value) || !Number.isFinite(value) ? String(value) : String(Number(value.toPrecision(4)))

/** `0.2 s`, `12 s`, `3 min 20 s`, `2 h 5 min`. */
export function durationText(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.round((whole % 3600) / 60)} min`
}

/** Cells for spreadsheets. Source: RFC 4180. */
export const csvLine = (cells: readonly unknown[]): string =>
  cells.map(cell => (/[",\r\n]/.test(String(cell ?? '')) ? `"${String(cell).replaceAll('"', '""')}"` : String(cell ?? ''))).join(',')
