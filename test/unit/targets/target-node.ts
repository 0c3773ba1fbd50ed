import { compose } from '../../../src/config/compose/compose.ts'
import { resolveNode } from '../../../src/config/compose/resolve-config.ts'
import { memoryFiles } from '../../../src/config/memory-files.ts'
import type { MapNode } from '../../../src/config/node.ts'
import { type Problem, plainProblem } from '../../../src/config/problems.ts'
import { spanText } from '../../../src/config/source-text.ts'

/** The `type` node of a models file with the given text, resolved; each line is indented below `type:`. */
export function targetNode(text: string, root = ''): MapNode {
  const files = memoryFiles({
    '/p/conf/config.yaml': `defaults:\n  - models: x\n  - _self_\n${root}`,
    '/p/conf/models/x.yaml': `type:\n${text
      .split('\n')
      .map(line => `  ${line}`)
      .join('\n')}\n`,
  })
  const { config, problems } = compose(files, { configPath: '/p/conf' })
  if (!config) throw new Error(problems.map(({ message }) => message).join('\n'))
  const resolved = resolveNode(config, 'models.type')
  if (resolved.node?.kind !== 'map') throw new Error(resolved.problems.map(({ message }) => message).join('\n'))
  return resolved.node
}

/** What a person is told: message, the marked text, and its line in the models file. */
export const told = (problems: readonly Problem[]) =>
  problems.map(problem => ({
    message: problem.message,
    at: problem.locations[0] && spanText(problem.locations[0].span),
    line: plainProblem(problem).locations[0]?.line,
  }))
