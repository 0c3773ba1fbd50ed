import type { FittedData } from '../fitted-data.ts'
import { decided, largest, type OnnxAnswer, weightedMean } from './onnx-answer.ts'
import { matrixOf, type OnnxFeatures } from './onnx-features.ts'
import type { OnnxGraph } from './onnx-graph.ts'
import { notExported, numberOf, type StepJSON } from './onnx-step.ts'
import { ensemble, type OnnxTree, treeInput, treeOf, treeSums } from './onnx-trees.ts'

type Label = number | string | boolean
type Convert = (graph: OnnxGraph, features: OnnxFeatures, step: StepJSON) => OnnxAnswer

/**
 * Adds the model and the graph's outputs: `label` and `probabilities` of a classifier, `variable` of a regressor.
 *
 * @throws LearnError `learn/not-exported` for one that has no ONNX form here, by name
 */
export function modelToOnnx(graph: OnnxGraph, features: OnnxFeatures, step: StepJSON): void {
  const answer = answerOf(graph, features, step)
  if (answer.kind === 'regressor') {
    graph.output(answer.value, 'variable', 'double', ['N', 1])
    return
  }
  const { texts, ints } = labelsOf(step.fitted)
  const table = texts ? graph.texts(texts, [texts.length]) : graph.ints(ints!, [ints!.length])
  graph.output(graph.apply('Gather', [table, answer.index], { axis: { int: 0 } }), 'label', texts ? 'string' : 'int64', ['N'])
  if (!answer.probabilities) return
  graph.output(graph.cast(answer.probabilities, 'float'), 'probabilities', 'float', ['N', (texts ?? ints!).length])
}

/** A model inside a graph: alone, or as a member of a vote. */
function answerOf(graph: OnnxGraph, features: OnnxFeatures, step: StepJSON): OnnxAnswer {
  const convert = converters[step.type]
  if (!convert) throw notExported(step.type, `What can: ${Object.keys(converters).join(', ')}.`)
  return convert(graph, features, step)
}

const converters: Readonly<Record<string, Convert>> = {
  LogisticRegression: logisticRegression,
  LinearRegression: linearRegressor,
  Ridge: linearRegressor,
  Lasso: linearRegressor,
  ElasticNet: linearRegressor,
  RandomForestClassifier: (graph, features, { fitted }) => treeClassifier(graph, features, fitted, fitted.parts('estimators_')),
  ExtraTreesClassifier: (graph, features, { fitted }) => treeClassifier(graph, features, fitted, fitted.parts('estimators_')),
  DecisionTreeClassifier: (graph, features, { fitted }) => treeClassifier(graph, features, fitted, [fitted.part('tree_')]),
  ExtraTreeClassifier: (graph, features, { fitted }) => treeClassifier(graph, features, fitted, [fitted.part('tree_')]),
  GradientBoostingClassifier: boostedClassifier,
  GradientBoostingRegressor: (graph, features, step) => ({ kind: 'regressor', value: boostedSums(graph, features, step) }),
  HistGradientBoostingClassifier: (graph, features, step) => {
    const { sums, outputs } = histogramSums(graph, features, step)
    return decided(graph, sums, outputs, { positive: 'Greater' })
  },
  HistGradientBoostingRegressor: (graph, features, step) => {
    const { sums } = histogramSums(graph, features, step)
    const isLog = step.params.loss === 'poisson' || step.params.loss === 'gamma'
    return { kind: 'regressor', value: isLog ? graph.apply('Exp', [sums]) : sums }
  },
  RidgeClassifier: (graph, features, { fitted }) => {
    const rows = fitted.rows('coef_')
    const { index } = decided(graph, linear(graph, features, rows, fitted.numbers('intercept_', rows.length)), rows.length, {
      positive: 'Greater',
    })
    return { kind: 'classifier', index }
  },
  GaussianNB: gaussian,
  VotingClassifier: vote,
  VotingRegressor: (graph, features, step) => ({
    kind: 'regressor',
    value: weightedMean(graph, valuesOfMembers(graph, features, step), step),
  }),
  RandomForestRegressor: (graph, features, { fitted }) => treeRegressor(graph, features, fitted.parts('estimators_')),
  ExtraTreesRegressor: (graph, features, { fitted }) => treeRegressor(graph, features, fitted.parts('estimators_')),
  DecisionTreeRegressor: (graph, features, { fitted }) => treeRegressor(graph, features, [fitted.part('tree_')]),
  ExtraTreeRegressor: (graph, features, { fitted }) => treeRegressor(graph, features, [fitted.part('tree_')]),
}

/** Labels as ONNX has them: text, or whole numbers (booleans as 0 and 1). */
function labelsOf(fitted: FittedData): { readonly texts?: readonly string[]; readonly ints?: readonly number[] } {
  const labels: readonly Label[] = fitted.labels('classes_')
  if (labels.every(label => typeof label === 'string')) return { texts: labels as readonly string[] }
  if (labels.every(label => Number.isInteger(Number(label)) && typeof label !== 'string')) return { ints: labels.map(Number) }
  throw notExported('A classifier whose labels are neither text nor whole numbers')
}

/** Decision values in double precision: the same numbers as the model's own. */
function linear(graph: OnnxGraph, features: OnnxFeatures, rows: readonly Float64Array[], intercept: Float64Array): string {
  const { matrix } = matrixOf(graph, features)
  const width = rows[0].length
  // [width, outputs]: each row of coefficients is a column.
  const weights = Float64Array.from({ length: width * rows.length }, (_, at) => rows[at % rows.length][Math.floor(at / rows.length)])
  const product = graph.apply('MatMul', [matrix, graph.doubles(weights, [width, rows.length])])
  return graph.apply('Add', [product, graph.doubles(intercept, [1, rows.length])])
}

function logisticRegression(graph: OnnxGraph, features: OnnxFeatures, { fitted }: StepJSON): OnnxAnswer {
  const rows = fitted.rows('coef_')
  const decision = linear(graph, features, rows, fitted.numbers('intercept_', rows.length))
  return decided(graph, decision, rows.length, { positive: 'Greater' })
}

/** Raw predictions of boosted trees: the first guess, and what each stage adds. */
function boostedSums(graph: OnnxGraph, features: OnnxFeatures, { type, params, fitted }: StepJSON): string {
  if (fitted.has('init_')) throw notExported(`${type} with an init of its own`)
  const initial = fitted.numbers('initial')
  const outputs = initial.length
  const scale = numberOf(params.learning_rate)
  const trees = fitted.parts('estimators_').map(treeOf(1))
  const sums = treeSums(graph, treeInput(graph, features), trees, { outputs: 1, scale, targetOf: tree => tree % outputs }, outputs)
  return graph.apply('Add', [sums, graph.doubles(initial, [1, outputs])])
}

function boostedClassifier(graph: OnnxGraph, features: OnnxFeatures, step: StepJSON): OnnxAnswer {
  const raw = boostedSums(graph, features, step)
  const scale = step.params.loss === 'exponential' ? 2 : 1
  return decided(graph, raw, step.fitted.numbers('initial').length, { positive: 'GreaterOrEqual', scale })
}

/** Raw predictions of histogram boosting. It compares doubles with doubles. */
function histogramSums(graph: OnnxGraph, features: OnnxFeatures, { type, fitted }: StepJSON) {
  const baseline = fitted.numbers('baseline')
  const outputs = baseline.length
  const trees = fitted.parts('predictors').map((tree): OnnxTree => {
    if (tree.entries('left_categories').length)
      throw notExported(`${type} that splits by categories`, 'Encode them before: OneHotEncoder or OrdinalEncoder.')
    return {
      left: tree.numbers('left'),
      right: tree.numbers('right'),
      feature: tree.numbers('feature'),
      threshold: tree.thresholds('threshold'),
      missingLeft: tree.numbers('missing_go_to_left'),
      value: tree.numbers('value'),
    }
  })
  const { matrix } = matrixOf(graph, features)
  const sums = treeSums(graph, matrix, trees, { outputs: 1, scale: 1, targetOf: tree => tree % outputs }, outputs)
  return { sums: graph.apply('Add', [sums, graph.doubles(baseline, [1, outputs])]), outputs }
}

/** Logarithms of the joint probabilities, whose softmax are the probabilities. Source: scikit-learn `GaussianNB._joint_log_likelihood`. */
function gaussian(graph: OnnxGraph, features: OnnxFeatures, { fitted }: StepJSON): OnnxAnswer {
  const { matrix } = matrixOf(graph, features)
  const variances = fitted.rows('var_')
  const priors = fitted.numbers('class_prior_')
  const joint = fitted.rows('theta_').map((means, k) => {
    const width = means.length
    const apart = graph.apply('Sub', [matrix, graph.doubles(means, [1, width])])
    const scaled = graph.apply('Div', [graph.apply('Mul', [apart, apart]), graph.doubles(variances[k], [1, width])])
    const sum = graph.apply('ReduceSum', [scaled, graph.ints([1], [1])], { keepdims: { int: 1 } })
    const constant = variances[k].reduce((total, variance) => total - 0.5 * Math.log(2 * Math.PI * variance), Math.log(priors[k]))
    return graph.apply('Sub', [graph.doubles([constant], [1, 1]), graph.apply('Mul', [sum, graph.doubles([0.5], [])])])
  })
  const all = graph.apply('Concat', joint, { axis: { int: 1 } })
  return { kind: 'classifier', index: largest(graph, all), probabilities: graph.apply('Softmax', [all], { axis: { int: 1 } }) }
}

/** What each member of a vote says. */
function members(graph: OnnxGraph, features: OnnxFeatures, { fitted }: StepJSON): readonly OnnxAnswer[] {
  return fitted.parts('estimators_').map(part => {
    const step: StepJSON = { type: part.text('type'), params: Object.fromEntries(part.entries('params')), fitted: part.part('fitted') }
    return answerOf(graph, features, step)
  })
}

const valuesOfMembers = (graph: OnnxGraph, features: OnnxFeatures, step: StepJSON): readonly string[] =>
  members(graph, features, step).map(answer => {
    if (answer.kind === 'regressor') return answer.value
    throw step.fitted.wrong('estimators_', 'regressors')
  })

/** Members learned the places of the labels, so that theirs are the vote's. */
function vote(graph: OnnxGraph, features: OnnxFeatures, step: StepJSON): OnnxAnswer {
  const classes = step.fitted.labels('classes_').length
  const answers = members(graph, features, step).map(answer => {
    if (answer.kind === 'classifier') return answer
    throw step.fitted.wrong('estimators_', 'classifiers')
  })
  if (step.params.voting === 'soft') {
    const shares = answers.map(({ probabilities }) => {
      if (probabilities) return probabilities
      throw step.fitted.wrong('estimators_', 'classifiers with probabilities')
    })
    const probabilities = weightedMean(graph, shares, step)
    return { kind: 'classifier', index: largest(graph, probabilities), probabilities }
  }
  // A row of the identity is a vote for its place.
  const identity = graph.doubles(
    Float64Array.from({ length: classes * classes }, (_, at) => (at % (classes + 1) === 0 ? 1 : 0)),
    [classes, classes],
  )
  const votes = answers.map(({ index }) => graph.apply('Gather', [identity, index], { axis: { int: 0 } }))
  return { kind: 'classifier', index: largest(graph, weightedMean(graph, votes, step)) }
}

function linearRegressor(graph: OnnxGraph, features: OnnxFeatures, { fitted }: StepJSON): OnnxAnswer {
  const raw = fitted.raw('coef_')
  const nested = Array.isArray(raw) && Array.isArray(raw[0])
  const coefficients = nested ? fitted.rows('coef_') : [fitted.numbers('coef_')]
  const intercept = Array.isArray(fitted.raw('intercept_'))
    ? fitted.numbers('intercept_')
    : Float64Array.of(Number(fitted.raw('intercept_')))
  return { kind: 'regressor', value: linear(graph, features, coefficients, intercept) }
}

function treeClassifier(graph: OnnxGraph, features: OnnxFeatures, fitted: FittedData, trees: readonly FittedData[]): OnnxAnswer {
  const { texts, ints } = labelsOf(fitted)
  const classes = (texts ?? ints!).length
  const { attributes, leaf } = ensemble(trees.map(treeOf(classes)), { outputs: classes, scale: 1 / trees.length })
  // Runtimes differ in how this operator chooses a label of two classes; the largest probability is the rule of the model itself.
  const [, probabilities] = graph.applyAll('TreeEnsembleClassifier', [treeInput(graph, features)], 2, {
    ...attributes,
    class_treeids: { ints: leaf.trees },
    class_nodeids: { ints: leaf.nodes },
    class_ids: { ints: leaf.outputs },
    class_weights_as_tensor: { doubles: leaf.weights },
    ...(texts ? { classlabels_strings: { texts } } : { classlabels_int64s: { ints: ints! } }),
  })
  return { kind: 'classifier', index: largest(graph, probabilities), probabilities }
}

function treeRegressor(graph: OnnxGraph, features: OnnxFeatures, trees: readonly FittedData[]): OnnxAnswer {
  const input = treeInput(graph, features)
  return { kind: 'regressor', value: treeSums(graph, input, trees.map(treeOf(1)), { outputs: 1, scale: 1 / trees.length }, 1) }
}
