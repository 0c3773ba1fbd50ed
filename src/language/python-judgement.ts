import type { Problem } from '../config/problems.ts'
import type { PythonApp } from '../config/sources/python-app.ts'

/** Libraries whose names Fitwright knows itself: a name that is missing there is a mistake, or not built in yet. */
const ownLibraries = new Set(['sklearn', 'feature_engine', 'optuna', 'main', 'main-multirun', 'ml-logistic-regression', 'ml-random-forest'])

/**
 * Whether a target is Python's, where it runs the configs too, even though its last segment is a name of ours: the project defines such a
 * name itself, or it is another library's. What a module of the project only imports (`train.LogisticRegression`) is scikit-learn's.
 */
export function isPythons({ usesHydra, definitions }: PythonApp, name: string): boolean {
  const [module] = name.split('.')
  if (!usesHydra || module === name || ownLibraries.has(module)) return false
  const last = name.slice(name.lastIndexOf('.'))
  let ofProject = false
  for (const definition of definitions) {
    if (definition.endsWith(last)) return true
    ofProject ||= definition.startsWith(`${module}.`)
  }
  return !ofProject
}

/**
 * How a problem counts where Python runs the configs too: targets of other libraries are there in Python, and names of configs may be in its
 * ConfigStore. Undefined: it is none.
 */
export function judgedForPython(problem: Problem, app: PythonApp): Problem | undefined {
  if (!app.usesHydra) return problem
  if (problem.code === 'target/unknown' || problem.code === 'target/not-built-in') {
    const name = /'([^']*)'/.exec(problem.message)?.[1] ?? ''
    const module = name.split('.')[0]
    if (app.definitions.has(name) || !ownLibraries.has(module)) return undefined
    return { ...problem, severity: module.startsWith('main') ? 'warning' : 'information' }
  }
  if (problem.code === 'config/searchpath-missing') return { ...problem, severity: 'information' }
  if (app.storesConfigs && (problem.code === 'defaults/unknown-config' || problem.code === 'defaults/unknown-option'))
    return { ...problem, severity: 'information', hint: 'No file has it; the Python code may put it into the ConfigStore.' }
  return problem
}
