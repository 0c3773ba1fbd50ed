import type { FittedData } from '../fitted-data.ts'
import { matrixOf, type OnnxFeatures } from './onnx-features.ts'
import type { Attribute, OnnxGraph } from './onnx-graph.ts'
import { notExported, numberOf, type StepJSON } from './onnx-transformers.ts'

type Label = number | string | boolean
type Convert = (graph: OnnxGraph, features: OnnxFeatures, step: StepJSON) => void

/**
 * Adds the model and the graph's outputs: `label` and `probabilities` of a classifier, `variable` of a regressor.
 *
 * @throws LearnError `learn/not-exported` for one that has no ONNX form here, by name
 */
export function modelToOnnx(graph: OnnxGraph, features: OnnxFeatures, step: StepJSON): void {
  const convert = converters[step.type]
  if (!convert) throw notExported(step.type, `What can: ${Object.keys(converters).join(', ')}.`)
  convert(graph, features, step)
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
  GradientBoostingRegressor: (graph, features, step) => graph.output(boostedSums(graph, features, step), 'variable', 'double', ['N', 1]),
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

function logisticRegression(graph: OnnxGraph, features: OnnxFeatures, { fitted }: StepJSON): void {
  const rows = fitted.rows('coef_')
  const decision = linear(graph, features, rows, fitted.numbers('intercept_', rows.length))
  outputOfDecision(graph, decision, rows.length, fitted, { positive: 'Greater' })
}

/** Probabilities by the logistic function of one decision value, or the softmax of several; the label by the decision. */
function outputOfDecision(
  graph: OnnxGraph,
  decision: string,
  outputs: number,
  fitted: FittedData,
  { positive, scale = 1 }: { readonly positive: 'Greater' | 'GreaterOrEqual'; readonly scale?: number },
): void {
  const binary = outputs === 1
  const index = binary
    ? graph.cast(graph.apply('Reshape', [graph.apply(positive, [decision, graph.doubles([0], [])]), graph.ints([-1], [1])]), 'int64')
    : graph.apply('ArgMax', [decision], { axis: { int: 1 }, keepdims: { int: 0 } })
  outputLabel(graph, index, fitted)
  const probabilities = binary ? bothShares(graph, decision, scale) : graph.apply('Softmax', [decision], { axis: { int: 1 } })
  graph.output(graph.cast(probabilities, 'float'), 'probabilities', 'float', ['N', binary ? 2 : outputs])
}

function bothShares(graph: OnnxGraph, decision: string, scale: number): string {
  const scaled = scale === 1 ? decision : graph.apply('Mul', [decision, graph.doubles([scale], [])])
  const share = graph.apply('Sigmoid', [scaled])
  return graph.apply('Concat', [graph.apply('Sub', [graph.doubles([1], []), share]), share], { axis: { int: 1 } })
}

/** Raw predictions of boosted trees: the first guess, and what each stage adds. */
function boostedSums(graph: OnnxGraph, features: OnnxFeatures, { type, params, fitted }: StepJSON): string {
  if (fitted.has('init_')) throw notExported(`${type} with an init of its own`)
  const initial = fitted.numbers('initial')
  const outputs = initial.length
  const scale = numberOf(params.learning_rate)
  const sums = treeSums(graph, features, fitted.parts('estimators_'), { outputs: 1, scale, targetOf: tree => tree % outputs }, outputs)
  return graph.apply('Add', [sums, graph.doubles(initial, [1, outputs])])
}

function boostedClassifier(graph: OnnxGraph, features: OnnxFeatures, step: StepJSON): void {
  const raw = boostedSums(graph, features, step)
  const scale = step.params.loss === 'exponential' ? 2 : 1
  outputOfDecision(graph, raw, step.fitted.numbers('initial').length, step.fitted, { positive: 'GreaterOrEqual', scale })
}

/** The labels at the given indices of `classes_`. */
function outputLabel(graph: OnnxGraph, index: string, fitted: FittedData): void {
  const { texts, ints } = labelsOf(fitted)
  const table = texts ? graph.texts(texts, [texts.length]) : graph.ints(ints!, [ints!.length])
  graph.output(graph.apply('Gather', [table, index], { axis: { int: 0 } }), 'label', texts ? 'string' : 'int64', ['N'])
}

function linearRegressor(graph: OnnxGraph, features: OnnxFeatures, { fitted }: StepJSON): void {
  const raw = fitted.raw('coef_')
  const nested = Array.isArray(raw) && Array.isArray(raw[0])
  const coefficients = nested ? fitted.rows('coef_') : [fitted.numbers('coef_')]
  const intercept = Array.isArray(fitted.raw('intercept_'))
    ? fitted.numbers('intercept_')
    : Float64Array.of(Number(fitted.raw('intercept_')))
  graph.output(linear(graph, features, coefficients, intercept), 'variable', 'double', ['N', 1])
}

/** Features as trees see them: rounded to float32. Doubles carry them, so that thresholds stay exact. */
function treeInput(graph: OnnxGraph, features: OnnxFeatures): string {
  return graph.cast(graph.cast(matrixOf(graph, features).matrix, 'float'), 'double')
}

/** What leaves add to: `outputs` values each, the k-th of tree t to the target `targetOf(t, k)`, times `scale`. */
interface LeafMeaning {
  readonly outputs: number
  readonly scale: number
  readonly targetOf?: (tree: number, output: number) => number
}

/** The nodes of all trees under the names of TreeEnsemble's attributes, and each leaf's values. */
function ensemble(trees: readonly FittedData[], { outputs, scale, targetOf = (_, k) => k }: LeafMeaning) {
  const ids = {
    trees: [] as number[],
    nodes: [] as number[],
    features: [] as number[],
    yes: [] as number[],
    no: [] as number[],
    missing: [] as number[],
  }
  const modes: string[] = []
  const thresholds: number[] = []
  const leaf = { trees: [] as number[], nodes: [] as number[], outputs: [] as number[], weights: [] as number[] }
  trees.forEach((tree, t) => {
    const left = tree.numbers('children_left')
    const right = tree.numbers('children_right')
    const feature = tree.numbers('feature')
    const threshold = tree.thresholds('threshold')
    const missingLeft = tree.numbers('missing_go_to_left')
    const value = tree.numbers('value', left.length * outputs)
    for (let node = 0; node < left.length; node++) {
      const isLeaf = left[node] < 0
      ids.trees.push(t)
      ids.nodes.push(node)
      modes.push(isLeaf ? 'LEAF' : 'BRANCH_LEQ')
      ids.features.push(isLeaf ? 0 : feature[node])
      thresholds.push(isLeaf ? 0 : threshold[node])
      ids.yes.push(isLeaf ? 0 : left[node])
      ids.no.push(isLeaf ? 0 : right[node])
      ids.missing.push(isLeaf ? 0 : missingLeft[node])
      if (!isLeaf) continue
      for (let k = 0; k < outputs; k++) {
        leaf.trees.push(t)
        leaf.nodes.push(node)
        leaf.outputs.push(targetOf(t, k))
        leaf.weights.push(value[node * outputs + k] * scale)
      }
    }
  })
  const attributes: Record<string, Attribute> = {
    nodes_treeids: { ints: ids.trees },
    nodes_nodeids: { ints: ids.nodes },
    nodes_featureids: { ints: ids.features },
    nodes_modes: { texts: modes },
    nodes_values_as_tensor: { doubles: thresholds },
    nodes_truenodeids: { ints: ids.yes },
    nodes_falsenodeids: { ints: ids.no },
    nodes_missing_value_tracks_true: { ints: ids.missing },
    post_transform: { text: 'NONE' },
  }
  return { attributes, leaf }
}

function treeClassifier(graph: OnnxGraph, features: OnnxFeatures, fitted: FittedData, trees: readonly FittedData[]): void {
  const { texts, ints } = labelsOf(fitted)
  const classes = (texts ?? ints!).length
  const { attributes, leaf } = ensemble(trees, { outputs: classes, scale: 1 / trees.length })
  // Runtimes differ in how this operator chooses a label of two classes; the largest probability is the rule of the model itself.
  const [, probabilities] = graph.applyAll('TreeEnsembleClassifier', [treeInput(graph, features)], 2, {
    ...attributes,
    class_treeids: { ints: leaf.trees },
    class_nodeids: { ints: leaf.nodes },
    class_ids: { ints: leaf.outputs },
    class_weights_as_tensor: { doubles: leaf.weights },
    ...(texts ? { classlabels_strings: { texts } } : { classlabels_int64s: { ints: ints! } }),
  })
  outputLabel(graph, graph.apply('ArgMax', [probabilities], { axis: { int: 1 }, keepdims: { int: 0 } }), fitted)
  graph.output(probabilities, 'probabilities', 'float', ['N', classes])
}

function treeRegressor(graph: OnnxGraph, features: OnnxFeatures, trees: readonly FittedData[]): void {
  const value = treeSums(graph, features, trees, { outputs: 1, scale: 1 / trees.length }, 1)
  graph.output(value, 'variable', 'double', ['N', 1])
}

/** [rows, targets]: what the leaves that a row falls into add to each target. */
function treeSums(graph: OnnxGraph, features: OnnxFeatures, trees: readonly FittedData[], meaning: LeafMeaning, targets: number): string {
  const { attributes, leaf } = ensemble(trees, meaning)
  const value = graph.apply('TreeEnsembleRegressor', [treeInput(graph, features)], {
    ...attributes,
    n_targets: { int: targets },
    aggregate_function: { text: 'SUM' },
    target_treeids: { ints: leaf.trees },
    target_nodeids: { ints: leaf.nodes },
    target_ids: { ints: leaf.outputs },
    target_weights_as_tensor: { doubles: leaf.weights },
  })
  return graph.cast(value, 'double')
}
