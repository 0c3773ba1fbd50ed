import { existsSync } from 'node:fs'
import { nodeFromPlain, toYaml } from '../config/index.ts'
import { slashes } from '../platform/node.ts'
import { bestConfig } from '../run/best-config.ts'
import { problemOf } from '../run/failure.ts'
import { parentPath, relativePath, resolvePath } from '../run/paths.ts'
import type { ParamChoice } from '../study/contract.ts'
import { UsageError } from './arguments.ts'
import { chosenTrial, type NamedStudy } from './named-study.ts'
import { relativeTo } from './print-problem.ts'
import { composeRequest, type Workplace } from './workplace.ts'
import { writeOutput } from './write-output.ts'

/**
 * Writes a study's best trial as an option of the conf tree: `conf/models/best.yaml` gets its model, `conf/preprocess/best.yaml` its preprocessing,
 * a file of any other group both, as an experiment.
 *
 * @throws UsageError when the file exists or lies outside the conf root
 */
export function writeBest(
  place: Workplace,
  study: NamedStudy,
  { path, force, number }: { readonly path: string; readonly force: boolean; readonly number?: number },
): number {
  const { platform, cwd, terminal } = place
  const full = resolvePath(cwd, slashes(path))
  if (!full.endsWith('.yaml')) throw new UsageError(`--write takes a .yaml file of the conf tree, got ${path}`)
  if (existsSync(full) && !force) throw new UsageError(`${path} exists already; --force writes over it`)
  if (!study.run) return writeParams(place, study, { full, ...(number === undefined ? {} : { number }) })
  const { run } = study
  const root = run.result.configPath
  const place2 = relativePath(root, full)
  if (place2.startsWith('/')) throw new UsageError(`${path} lies outside the conf root ${root}`)
  const group = place2.includes('/') ? parentPath(`/${place2}`).slice(1) : ''
  try {
    const compose = composeRequest({ overrides: [], multirun: false, resolve: false, has: () => false }, place)
    const { header, node, trial } = bestConfig(platform, run, { group, compose, ...(number === undefined ? {} : { number }) })
    platform.files.makeFolders(parentPath(full))
    writeOutput(place, path, header + toYaml(node))
    const option = place2.slice(place2.lastIndexOf('/') + 1, -'.yaml'.length)
    terminal.out(`${relativeTo(cwd, full)} has trial ${trial}${group ? `; choose it with ${group}=${option}` : ''}`)
    return 0
  } catch (error) {
    place.tell([problemOf(error)])
    return 1
  }
}

/** A storage knows no config: its parameters become keys, dotted names nested ones. */
function writeParams(
  { platform, cwd, terminal }: Workplace,
  study: NamedStudy,
  { full, number }: { readonly full: string; readonly number?: number },
): number {
  const trial = chosenTrial(study, number)
  const tree: Tree = {}
  for (const [name, value] of trial.params) {
    const path = name.split('.')
    let at = tree
    for (const key of path.slice(0, -1)) at = (at[key] = isTree(at[key]) ? at[key] : {}) as Tree
    at[path.at(-1)!] = value
  }
  platform.files.makeFolders(parentPath(full))
  const comment = `# Trial ${trial.number} of study '${study.stored!.name}' in ${study.id}: ${trial.values!.join(', ')}.\n`
  platform.files.writeWhole(full, comment + toYaml(nodeFromPlain(tree)))
  terminal.out(`${relativeTo(cwd, full)} has trial ${trial.number}`)
  return 0
}

interface Tree {
  [key: string]: Tree | ParamChoice
}
const isTree = (value: Tree | ParamChoice | undefined): value is Tree => typeof value === 'object' && value !== null
