import { loadProgram } from './load-program.ts'

/** Flags with which `fitwright run` shows something and runs nothing. */
const showing = new Set(['-sc', '--shell-completion', '--cfg', '-c', '--info', '-i', '--help', '-h', '--hydra-help', '--version'])

/** Whether only the small program of `quick.ts` is needed: what composes and runs nothing is done before the whole would have been read. */
function isQuick([name, ...args]: readonly string[]): boolean {
  if (name === 'compose') return true
  return name === 'run' && args.some(arg => showing.has(arg.split('=')[0])) && !args.some(arg => arg === '--json' || arg === '--')
}

// `fitwright runs list | head` closes the pipe early: that is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit(0)
})
const args = process.argv.slice(2)
const { main } = isQuick(args) ? loadProgram<typeof import('../quick.ts')>('quick') : loadProgram<typeof import('../program.ts')>('program')
void main(args).then(code => {
  process.exitCode = code
})
