import type { ComposedConfig } from '../config/compose-contract.ts'
import { type ConfigNode, child, type MapNode, type ScalarNode, stringOf } from '../config/node.ts'
import { ProblemError } from '../config/problems.ts'
import type { FileSystem } from '../platform/ports.ts'
import type { Resolve } from './compose-port.ts'
import { jobProblem, placesOf } from './config-places.ts'
import { resolvePath } from './paths.ts'

/** What Hydra's node says about where a job writes. */
export interface HydraPlaces {
  /** Absolute, wished for: another run may have it already. */
  readonly runDir: string
  /** Null: no `.hydra` folder. */
  readonly outputSubdir: string | null
  /** `main` */
  readonly jobName: string
  /** The job's working folder is its run folder. */
  readonly chdir: boolean
}

/**
 * `hydra.run.dir` of a run or `hydra.sweep.dir` of a multirun, with `${now:…}` and all other interpolations filled in.
 *
 * @throws ProblemError when they cannot be resolved
 */
export function hydraPlaces(composed: ComposedConfig, resolve: Resolve, cwd: string, mode: 'run' | 'sweep'): HydraPlaces {
  const text = (path: readonly string[]) => {
    const node = path.reduce<ConfigNode | undefined>((parent, key) => child(parent, key), composed.hydra)
    if (!node) return null
    const { node: value, problems } = resolve(composed, ['hydra', ...path].join('.'))
    if (!value) throw new ProblemError(problems[0])
    if (value.kind === 'scalar' && value.type === 'null') return null
    if (value.kind === 'scalar' && value.value === '???') {
      throw new ProblemError(jobProblem('run/not-a-path', `Missing mandatory value: hydra.${path.join('.')}`, placesOf(value)))
    }
    if (value.kind === 'scalar') return String(value.value)
    throw new ProblemError(jobProblem('run/not-a-path', `hydra.${path.join('.')} must be a path`, placesOf(value)))
  }
  return {
    runDir: resolvePath(cwd, text([mode, 'dir']) ?? '.'),
    outputSubdir: text(['output_subdir']),
    jobName: text(['job', 'name']) ?? 'main',
    chdir: text(['job', 'chdir']) === 'true',
  }
}

/** `hydra.mode`; null when nobody chose one. */
export function modeOf({ hydra }: ComposedConfig): 'RUN' | 'MULTIRUN' | null {
  const mode = stringOf(child(hydra, 'mode'))
  return mode === 'RUN' || mode === 'MULTIRUN' ? mode : null
}

/**
 * What Hydra does to a config that does not say a mode: it adds an override of its own, which stands in `hydra.yaml` and `multirun.yaml`.
 * A mode that the command line overrules stays among the overrides and is overruled by the added one.
 */
export function withMode(composed: ComposedConfig, mode: 'RUN' | 'MULTIRUN'): ComposedConfig {
  if (modeOf(composed) === mode) return composed
  const before = child(child(composed.hydra, 'overrides'), 'hydra')
  const items = [...(before?.kind === 'list' ? before.items : []), stringNode(`hydra.mode=${mode}`)]
  const overrides: ConfigNode = { kind: 'list', items, origin: before?.origin ?? { kind: 'code' } }
  return { ...composed, hydra: withValue(withValue(composed.hydra, ['mode'], stringNode(mode)), ['overrides', 'hydra'], overrides) }
}

/** What Hydra knows once a job has its folder: `hydra.runtime.output_dir`. */
export const withOutputDir = (composed: ComposedConfig, runDir: string): ComposedConfig => ({
  ...composed,
  hydra: withValue(composed.hydra, ['runtime', 'output_dir'], stringNode(runDir)),
})

/** What Hydra's launcher fills in for job `number` of a sweep. */
export function withJob(composed: ComposedConfig, number: number): ComposedConfig {
  const numbered = withValue(composed.hydra, ['job', 'num'], intNode(number))
  return { ...composed, hydra: withValue(numbered, ['job', 'id'], stringNode(String(number))) }
}

const behind = { flush: 'behind' } as const

/** `.hydra/config.yaml`, `hydra.yaml` and `overrides.yaml` as Hydra writes them, byte for byte. */
export function writeHydraFolder(
  files: FileSystem,
  { composed, runDir, outputSubdir }: { readonly composed: ComposedConfig; readonly runDir: string; readonly outputSubdir: string },
  toYaml: (node: ConfigNode) => string,
): void {
  const folder = resolvePath(runDir, outputSubdir)
  files.makeFolders(folder)
  files.writeWhole(`${folder}/config.yaml`, toYaml(composed.task), behind)
  files.writeWhole(`${folder}/hydra.yaml`, toYaml(wrapped('hydra', composed.hydra)), behind)
  const task = child(child(composed.hydra, 'overrides'), 'task')
  files.writeWhole(`${folder}/overrides.yaml`, toYaml(task ?? { kind: 'list', items: [], origin: { kind: 'code' } }), behind)
}

/** `multirun.yaml`: the whole config of the sweep, `hydra` first. */
export function multirunYaml({ hydra, task }: ComposedConfig, toYaml: (node: ConfigNode) => string): string {
  const entries = new Map([...wrapped('hydra', hydra).entries, ...task.entries])
  return toYaml({ kind: 'map', entries, origin: task.origin })
}

const wrapped = (key: string, node: ConfigNode): MapNode => ({
  kind: 'map',
  entries: new Map([[key, { key: { type: 'str', value: key }, node }]]),
  origin: { kind: 'code' },
})

const stringNode = (value: string): ScalarNode => ({ kind: 'scalar', type: 'str', value, origin: { kind: 'code' } })
const intNode = (value: number): ScalarNode => ({ kind: 'scalar', type: 'int', value, origin: { kind: 'code' } })

/** The map with the value at `path` replaced (or added); everything else is shared. */
function withValue(map: MapNode, [key, ...rest]: readonly string[], value: ConfigNode): MapNode {
  const before = map.entries.get(key)
  const below: MapNode = before?.node.kind === 'map' ? before.node : { kind: 'map', entries: new Map(), origin: { kind: 'code' } }
  const node = rest.length ? withValue(below, rest, value) : value
  return { ...map, entries: new Map(map.entries).set(key, { key: before?.key ?? { type: 'str', value: key }, node }) }
}
