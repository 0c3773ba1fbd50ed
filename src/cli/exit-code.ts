import { EOL } from 'node:os'

/** What a command gets, and its exit code: 0 done, 1 the run or check failed, 2 wrong usage. */
export type Command = (args: readonly string[]) => Promise<number>

export async function commandExit(command: Command, args: readonly string[]): Promise<number> {
  try {
    return await command(args)
  } catch (error) {
    return unforeseen(error)
  }
}

/** What nobody foresaw is told in one line; with HYDRA_FULL_ERROR=1, as in Hydra, with where it came from. */
function unforeseen(error: unknown): number {
  const { message = String(error), stack = message } = error as Error
  const text = process.env.HYDRA_FULL_ERROR ? stack : `${message}${EOL}hint: Set HYDRA_FULL_ERROR=1 for a complete stack trace.`
  process.stderr.write(`${text}${EOL}`)
  return 1
}

export function print(text: string): number {
  process.stdout.write(`${text}\n`)
  return 0
}
