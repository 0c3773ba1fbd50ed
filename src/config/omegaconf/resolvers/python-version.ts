import { nodeStr } from '../../python/str.ts'
import type { BuiltInResolver } from './resolver.ts'

/** The version that is told where no Python runs: the one that Hydra 1.3 was checked against. */
const standardVersion = '3.11.0'

/** `${python_version:[major|minor|micro]}`: `3`, `3.11` (also without argument) or `3.11.0`; null for another word. */
export const pythonVersion: BuiltInResolver = {
  pythonName: 'python_version',
  parameters: ['level'],
  required: 0,
  call([level], place, evaluation) {
    const [major, minor, micro] = (evaluation.context.pythonVersion ?? standardVersion).split('.')
    const versions = new Map([
      ['major', major],
      ['minor', `${major}.${minor}`],
      ['micro', `${major}.${minor}.${micro}`],
    ])
    const value = versions.get(level ? nodeStr(level.node) : 'minor') ?? null
    return evaluation.result({ kind: 'scalar', type: value === null ? 'null' : 'str', value, origin: place.node.origin }, place)
  },
}
