import type { Flag } from './arguments.ts'

const placeholderOf = ({ names, choices, metavar }: Flag): string =>
  metavar ?? (choices ? `{${choices.join(',')}}` : names[0].slice(2).replaceAll('-', '_').toUpperCase())

const withValue = (name: string, flag: Flag): string =>
  flag.value === 'none' ? name : flag.value === 'one' ? `${name} ${placeholderOf(flag)}` : `${name} [${placeholderOf(flag)}]`

/** Help for the flags, as argparse lays it out. */
export function flagsHelp(flags: readonly Flag[]): string {
  return flags
    .map(flag => {
      const shown = withValue(flag.names.join(', '), flag)
      const help = flag.ownHelp ?? flag.help
      return shown.length < 24 ? `  ${shown.padEnd(24)}${help}` : `  ${shown}\n${' '.repeat(26)}${help}`
    })
    .join('\n')
}

/** The line or lines above a usage error, wrapped as argparse wraps them (80 columns). */
export function usageText(program: string, flags: readonly Flag[], positionals: string): string {
  const parts = flags.map(flag => `[${withValue(flag.names[0], flag)}]`)
  const indent = ' '.repeat('usage: '.length + program.length + 1)
  const lines: string[] = []
  let line = `usage: ${program}`
  for (const part of parts) {
    if (line.length + 1 + part.length > 78 && line.trim() !== '') {
      lines.push(line)
      line = `${indent}${part}`
    } else line += ` ${part}`
  }
  if (lines.length === 0 && `${line} ${positionals}`.length <= 78) return `${line} ${positionals}`
  return [...lines, line, `${indent}${positionals}`].join('\n')
}
