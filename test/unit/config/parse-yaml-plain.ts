import { readYaml, toPlain } from '../../../src/config/index.ts'

/** A YAML text as plain values. */
export function parseYamlPlain(text: string) {
  const { node, problems } = readYaml({ path: 'text.yaml', text })
  if (!node || problems.length > 0) throw new Error(problems[0]?.message ?? 'empty')
  return toPlain(node)
}
