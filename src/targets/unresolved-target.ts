import type { ConfigNode } from '../config/node.ts'
import type { Problem } from '../config/problems.ts'
import { blockedMessage } from './blocked-targets.ts'
import type { Resolution, TargetSpec } from './contract.ts'
import { insteadOfKnown, otherWay } from './nearest-known.ts'
import { replacing, valuePlaces } from './problem-places.ts'
import { lastSegment, modulePart } from './registry.ts'

/** Why a target's name leads nowhere, at the line of its `_target_`. */
export function unresolvedProblem(name: string, resolution: Exclude<Resolution, { kind: 'spec' | 'project' }>, at: ConfigNode): Problem {
  const locations = valuePlaces(at)
  const severity = 'error'
  if (resolution.kind === 'blocked') {
    return {
      code: 'target/blocked',
      severity,
      message: blockedMessage(name),
      locations,
      hint: 'A config builds models and their parts; it runs no other code.',
    }
  }
  const { nearest } = resolution
  const fixes = replacing(at.origin, at.origin.span, nearest)
  if (resolution.kind === 'known') {
    const instead = otherWay(lastSegment(name)) ?? (nearest.length ? `The nearest that is: ${nearest.join(', ')}.` : '')
    return {
      code: 'target/not-built-in',
      severity,
      message: `'${resolution.name}' is known but not built in.`,
      locations,
      hint: `Fitwright trains with its own engine, which does not have ${lastSegment(name)}. ${instead}`.trim(),
      fixes,
    }
  }
  const module = modulePart(name)
  return {
    code: 'target/unknown',
    severity,
    message: `Error locating target '${name}'`,
    locations,
    hint: otherWay(lastSegment(name)) ?? (nearest.length ? nearestText(nearest, lastSegment(name)) : nowhereText(module)),
    fixes,
  }
}

const nearestText = (nearest: readonly string[], last: string): string =>
  insteadOfKnown(last) ? `It is not built in. The nearest that is: ${nearest.join(', ')}.` : `Did you mean ${nearest.join(' or ')}?`

/** Only a plain name can be a module of the project. */
const nowhereText = (module: string): string =>
  `It is neither built in nor an export of ${module && !module.includes('.') ? `'${module}.mjs'` : 'a module of the project'}.`

/** `LogisticRegression.__init__()`, `simple_preprocess()`: how Python names what was called wrongly. */
export const callText = ({ name, kind }: TargetSpec): string =>
  kind === 'recipe' || name.startsWith('builtins.') ? `${lastSegment(name)}()` : `${lastSegment(name)}.__init__()`
