import type { Question } from '../ask-ours.ts'

/** Smaller questions that `differs` still holds for, until none is left or `most` were tried. */
export async function shrink(question: Question, differs: (smaller: Question) => Promise<boolean>, most = 150): Promise<Question> {
  let best = question
  let tried = 0
  for (let found = true; found && tried < most; ) {
    found = false
    for (const smaller of smallerQuestions(best)) {
      if (++tried > most) break
      if (!(await differs(smaller))) continue
      best = smaller
      found = true
      break
    }
  }
  return best
}

function* smallerQuestions(question: Question): Generator<Question> {
  const { files = {}, overrides = [] } = question
  for (const name of Object.keys(files)) {
    if (name === '/T/conf/config.yaml') continue
    const { [name]: _, ...others } = files
    yield { ...question, files: others }
  }
  for (let i = 0; i < overrides.length; i++) yield { ...question, overrides: overrides.filter((_, j) => j !== i) }
  for (const key of ['mode', 'version_base', 'env', 'config_name', 'config_dirs', 'package', 'resolve', 'what'] as const) {
    const { [key]: old, ...rest } = question
    if (old !== undefined) yield rest
  }
  for (const [name, text] of Object.entries(files)) {
    const lines = text.split('\n')
    for (const half of [lines.slice(0, lines.length >> 1), lines.slice(lines.length >> 1)])
      if (half.length < lines.length && half.length > 1) yield { ...question, files: { ...files, [name]: half.join('\n') } }
    for (let i = 0; i < lines.length; i++)
      if (lines[i].trim() !== '') yield { ...question, files: { ...files, [name]: lines.filter((_, j) => j !== i).join('\n') } }
  }
}
