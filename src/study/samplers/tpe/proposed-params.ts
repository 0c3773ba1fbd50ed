import type { Distribution, FrozenTrial, ParamChoice, StudyView } from '../../contract.ts'
import { parseJson, writeFloat, writeJson } from '../../python-json.ts'

const RELATIVE_PARAMS = 'tpe:relative_params'
/** Optuna keeps system attributes below 2046 characters for MySQL's sake. */
const ATTRIBUTE_LENGTH = 2045

/** Of a running trial also what it was proposed and has not asked for yet. */
export function paramsWithProposed(trial: FrozenTrial): ReadonlyMap<string, ParamChoice> {
  let json = ''
  for (let i = 0; ; i++) {
    const part = trial.systemAttrs.get(`${RELATIVE_PARAMS}:${i}`)
    if (typeof part !== 'string' || part === '') break
    json += part
  }
  if (json === '') return trial.params
  try {
    return new Map([...Object.entries(parseJson(json) as Record<string, ParamChoice>), ...trial.params])
  } catch {
    // Another worker is writing its parts at this moment.
    return trial.params
  }
}

/** Lets other workers know what a trial was proposed. */
export function shareProposed(
  { storage }: StudyView,
  trial: FrozenTrial,
  params: ReadonlyMap<string, ParamChoice>,
  space: ReadonlyMap<string, Distribution>,
): void {
  const members = [...params].map(([name, value]) => {
    const text = space.get(name)?.name === 'FloatDistribution' ? writeFloat(value as number) : writeJson(value)
    return `${writeJson(name)}: ${text}`
  })
  const json = `{${members.join(', ')}}`
  for (let i = 0; i * ATTRIBUTE_LENGTH < json.length; i++) {
    const part = json.slice(i * ATTRIBUTE_LENGTH, (i + 1) * ATTRIBUTE_LENGTH)
    storage.setTrialSystemAttr(trial.trialId, `${RELATIVE_PARAMS}:${i}`, part)
  }
}
