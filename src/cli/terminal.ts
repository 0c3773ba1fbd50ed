/** Where a command writes, and how. */
export interface Terminal {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** Whether a line of `err` may be drawn again and again. */
  readonly live: boolean
  readonly columns: () => number
  readonly paint: Paint
  readonly paintErr: Paint
}

export interface Paint {
  bold(text: string): string
  dim(text: string): string
  red(text: string): string
  yellow(text: string): string
  green(text: string): string
  blue(text: string): string
}

export interface OutputStream {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

/** A terminal over two streams, which node makes when they are first asked for; colour only where a person looks at it (no-color.org, force-color.org). */
export function terminalOver(
  stdout: () => OutputStream,
  stderr: () => OutputStream,
  env: Readonly<Record<string, string | undefined>>,
  { json = false }: { readonly json?: boolean } = {},
): Terminal {
  const coloured = (stream: OutputStream) => {
    if (env.NO_COLOR) return false
    if (env.FORCE_COLOR && env.FORCE_COLOR !== '0') return true
    return Boolean(stream.isTTY) && env.TERM !== 'dumb'
  }
  // With --json the standard output is for machines; what people read goes to the other one.
  const human = json ? stderr : stdout
  return {
    out: text => void human().write(`${text}\n`),
    err: text => void stderr().write(text),
    // An editor's terminal is one that node does not know: the editor says so.
    get live() {
      return (Boolean(stderr().isTTY) || env.FITWRIGHT_TERMINAL === '1') && env.TERM !== 'dumb'
    },
    columns: () => stderr().columns ?? (Number(env.COLUMNS) || 80),
    get paint() {
      return coloured(human()) ? ansi : plain
    },
    get paintErr() {
      return coloured(stderr()) ? ansi : plain
    },
  }
}

const code = (on: number, off: number) => (text: string) => `\u001b[${on}m${text}\u001b[${off}m`
const same = (text: string) => text
const ansi: Paint = {
  bold: code(1, 22),
  dim: code(2, 22),
  red: code(31, 39),
  yellow: code(33, 39),
  green: code(32, 39),
  blue: code(34, 39),
}
const plain: Paint = { bold: same, dim: same, red: same, yellow: same, green: same, blue: same }
