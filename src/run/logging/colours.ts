const colours = ['black', 'red', 'green', 'yellow', 'blue', 'purple', 'cyan', 'white'] as const

const code = (...codes: readonly number[]) => `\u001b[${codes.join(';')}m`

/** Terminal codes under the names that colorlog's formats use: `reset`, `bold`, `red`, `light_red`, `bold_red`, `fg_red`, `bg_red`, … */
export const terminalCodes: Readonly<Record<string, string>> = Object.fromEntries([
  ['reset', code(0)],
  ['bold', code(1)],
  ['thin', code(2)],
  ...colours.flatMap((colour, i) =>
    (
      [
        [colour, 30 + i, 40 + i],
        [`light_${colour}`, 90 + i, 100 + i],
      ] as const
    ).flatMap(([name, front, back]) => [
      [name, code(front)],
      [`fg_${name}`, code(front)],
      [`bold_${name}`, code(1, front)],
      [`fg_bold_${name}`, code(1, front)],
      [`thin_${name}`, code(2, front)],
      [`fg_thin_${name}`, code(2, front)],
      [`bg_${name}`, code(back)],
      [`bg_bold_${name}`, code(back)],
    ]),
  ),
])

/** `bold_red,bg_white` as one text of codes. */
export const coloursOf = (names: string): string =>
  names
    .split(',')
    .map(name => terminalCodes[name] ?? '')
    .join('')

export const defaultLogColours: Readonly<Record<string, string>> = {
  DEBUG: 'white',
  INFO: 'green',
  WARNING: 'yellow',
  ERROR: 'red',
  CRITICAL: 'bold_red',
}
