import { LearnError, type Step } from '../contract.ts'
import { FittedData } from '../fitted-data.ts'
import { stepData } from '../step-data.ts'
import { splitValueOf } from './split-value.ts'

/** What the package ml-random-forest loads, and what it must be told besides. */
export interface MlRandomForestModel {
  readonly name: 'RFClassifier' | 'RFRegression'
  readonly selectionMethod?: 'mean'
  readonly baseModel: Readonly<Record<string, unknown>>
  /** Not read by the package: its classes are 0, 1, … */
  readonly fitwright: { readonly classes_?: readonly (number | string | boolean)[]; readonly features: readonly string[] }
}

const forests = ['RandomForestClassifier', 'ExtraTreesClassifier', 'RandomForestRegressor', 'ExtraTreesRegressor']

/**
 * A fitted forest in the `load` format of ml-random-forest.
 *
 * The package counts one vote per tree, where scikit-learn adds the shares of the leaves: only a forest whose leaves hold one class each
 * means the same there. Missing cells are not for the package.
 *
 * @throws LearnError `learn/not-exported` for another kind of model, and for a forest with mixed leaves
 */
export function toMlRandomForest(model: Step): MlRandomForestModel {
  const { type, fitted } = JSON.parse(JSON.stringify(stepData(model))) as { type: string; fitted: unknown }
  if (type === 'ml-random-forest.RandomForestClassifier') return ownModel(fitted, type) as unknown as MlRandomForestModel
  if (!forests.includes(type)) throw refused(`${model.name} cannot be written for ml-random-forest.`, `What can: ${forests.join(', ')}.`)
  const attributes = new FittedData(fitted, type)
  const classes = type.endsWith('Classifier') ? attributes.labels('classes_') : undefined
  const features = attributes.int('n_features_in_', 1, 2 ** 31 - 1)
  const columns = Array.from({ length: features }, (_, j) => j)
  const treeOptions = {
    kind: classes ? 'classifier' : 'regression',
    gainFunction: classes ? 'gini' : 'regression',
    splitFunction: 'mean',
    minNumSamples: 1,
    maxDepth: 1e9,
    gainThreshold: 0,
  }
  const estimators = attributes.parts('estimators_').map(tree => ({
    name: classes ? 'DTClassifier' : 'DTRegression',
    options: treeOptions,
    root: nodeOf(tree, classes?.length),
  }))
  return {
    name: classes ? 'RFClassifier' : 'RFRegression',
    ...(classes ? {} : { selectionMethod: 'mean' as const }),
    baseModel: {
      indexes: estimators.map(() => columns),
      n: features,
      replacement: false,
      maxFeatures: features,
      nEstimators: estimators.length,
      treeOptions,
      isClassifier: classes !== undefined,
      seed: 0,
      estimators,
      useSampleBagging: false,
    },
    fitwright: { ...(classes ? { classes_: classes } : {}), features: attributes.names('feature_names_in_') ?? columns.map(j => `x${j}`) },
  }
}

/** A model that the package itself trained, as its `load` takes it. */
export function ownModel(
  fitted: unknown,
  type: string,
): { readonly name: string; readonly fitwright: { readonly classes_: unknown; readonly features: readonly string[] } } {
  const attributes = new FittedData(fitted, type)
  const features = Array.from({ length: attributes.int('n_features_in_', 1, 2 ** 31 - 1) }, (_, j) => `x${j}`)
  return { ...(attributes.raw('model') as { readonly name: string }), fitwright: { classes_: attributes.labels('classes_'), features } }
}

const refused = (message: string, hint: string) => new LearnError('learn/not-exported', 'NotImplementedError', message, { hint })

/** A tree as nested nodes; the package goes left below the split value, scikit-learn up to the threshold. */
function nodeOf(tree: FittedData, classes: number | undefined): unknown {
  const left = tree.numbers('children_left')
  const right = tree.numbers('children_right')
  const feature = tree.numbers('feature')
  const threshold = tree.thresholds('threshold')
  const value = tree.numbers('value', left.length * (classes ?? 1))
  const made: unknown[] = []
  // Children have larger numbers than their parent.
  for (let node = left.length - 1; node >= 0; node--) {
    made[node] =
      left[node] < 0
        ? { distribution: leafOf(value, node, classes) }
        : {
            splitValue: splitValueOf(threshold[node]),
            splitColumn: feature[node],
            gain: 0,
            left: made[left[node]],
            right: made[right[node]],
          }
  }
  return made[0]
}

function leafOf(value: Float64Array, node: number, classes: number | undefined): number | number[][] {
  if (classes === undefined) return value[node]
  const shares = [...value.subarray(node * classes, (node + 1) * classes)]
  if (shares.some(share => share !== 0 && share !== 1)) {
    throw refused(
      'The forest has leaves of several classes: ml-random-forest would count one vote per tree, and not add their shares.',
      'A forest of full trees (no max_depth, min_samples_leaf or the like) can be written; ONNX takes every forest.',
    )
  }
  return [shares]
}
