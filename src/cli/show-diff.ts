import { type ComposedConfig, leavesOf, type Origin, originData, originNote, pathText, shortText, toPlain } from '../config/index.ts'
import { UsageError } from './arguments.ts'
import type { HydraOptions } from './hydra-flags.ts'
import { relativeTo } from './print-problem.ts'
import { composeOrTell } from './show-config.ts'
import type { Workplace } from './workplace.ts'

interface Side {
  readonly text: string
  readonly plain: unknown
  readonly origin: Origin
}

interface Difference {
  readonly path: string
  readonly before?: Side
  readonly after?: Side
}

/** `--diff A… -- B…`: the values that differ between two compositions, each with its origin. Exit code 0 whether or not they differ. */
export function showDiff(place: Workplace, options: HydraOptions, after: readonly string[] | undefined): number {
  if (!after) throw new UsageError('argument --diff: expected two sets of overrides with -- between them')
  const before = options.overrides.slice(0, options.overrides.length - after.length)
  const a = composeOrTell(place, { ...options, overrides: before })
  const b = a && composeOrTell(place, { ...options, overrides: after })
  if (!a || !b) return 1
  const show = (path: string) => relativeTo(place.cwd, path)
  const differences = differencesOf(valuesOf(a), valuesOf(b))
  if (options.has('--json')) {
    const side = (one?: Side) => (one ? { value: one.plain, origin: originData(one.origin) } : null)
    const data = differences.map(one => ({ key: one.path, a: side(one.before), b: side(one.after) }))
    place.print(`${JSON.stringify({ a: before, b: after, differences: data }, null, 2)}\n`)
    return 0
  }
  const { bold, dim, red, green } = place.terminal.paint
  const title = (overrides: readonly string[]) => overrides.join(' ') || 'no overrides'
  place.print(`${red(`--- ${title(before)}`)}\n${green(`+++ ${title(after)}`)}\n`)
  const width = Math.min(48, Math.max(0, ...differences.flatMap(one => [one.before, one.after].map(side => side?.text.length ?? 0))))
  const line = (sign: string, side: Side) => `${sign} ${side.text.padEnd(width)}  ${dim(`# ${originNote(side.origin, show)}`)}`.trimEnd()
  for (const one of differences) {
    place.print(`${bold(one.path)}\n`)
    if (one.before) place.print(`${red(line('-', one.before))}\n`)
    if (one.after) place.print(`${green(line('+', one.after))}\n`)
  }
  if (differences.length === 0) place.print('no difference\n')
  return 0
}

const valuesOf = ({ task }: ComposedConfig): Map<string, Side> =>
  new Map(
    [...leavesOf(task)].map(({ path, node }) => [
      pathText(path),
      { text: shortText(node), plain: toPlain(node), origin: node.origin, kind: typeOf(node) },
    ]),
  )

/** 1, 1.0 and '1' differ though they may print alike. */
const typeOf = (node: { readonly kind: string; readonly type?: string }) => node.type ?? node.kind

function differencesOf(a: ReadonlyMap<string, Side & { kind?: string }>, b: ReadonlyMap<string, Side & { kind?: string }>): Difference[] {
  const paths = [...new Set([...a.keys(), ...b.keys()])]
  return paths.flatMap(path => {
    const [before, after] = [a.get(path), b.get(path)]
    if (before && after && before.kind === after.kind && JSON.stringify(before.plain) === JSON.stringify(after.plain)) return []
    return [{ path, ...(before ? { before } : {}), ...(after ? { after } : {}) }]
  })
}
