import { LearnError } from '../contract.ts'
import { accuracy } from './accuracy.ts'
import {
  type Average,
  balancedAccuracy,
  cohenKappa,
  likelihoodRatio,
  matthewsCorrcoef,
  type RatioScore,
  ratioScore,
} from './classification.ts'
import * as clustering from './clustering.ts'
import * as probabilities from './probabilities.ts'
import * as regression from './regression.ts'
import { metricError, requireTwoColumns, type ScoredLabels, type ScoredValues, type Warn } from './scored.ts'
import { averagePrecisionScore, probabilityScores, rankingScores, rocAucScore, topTwoAccuracy } from './scores.ts'

interface Named {
  /** scikit-learn's `scoring` name, or that of an error without its `neg_`. */
  readonly name: string
  readonly greaterIsBetter: boolean
}

/** A metric of labels. `needs` tells what beside predictions it looks at. */
export interface LabelScorer extends Named {
  readonly task: 'classification'
  readonly needs: 'predictions' | 'probabilities' | 'scores'
  /** A comparison of two clusterings: takes any numbers for labels. */
  readonly clustering?: true
  /** @throws LearnError `learn/undefined-metric` in scikit-learn's words where it cannot be computed */
  readonly score: (scored: ScoredLabels, warn?: Warn) => number
}

/** A metric of numbers. */
export interface ValueScorer extends Named {
  readonly task: 'regression'
  readonly needs: 'predictions'
  readonly score: (scored: ScoredValues, warn?: Warn) => number
}

export type Scorer = LabelScorer | ValueScorer

const ofLabels = (name: string, score: LabelScorer['score'], more: Partial<LabelScorer> = {}): LabelScorer => ({
  name,
  task: 'classification',
  greaterIsBetter: true,
  needs: 'predictions',
  score,
  ...more,
})

const ofProba =
  (score: (scored: ScoredLabels, proba: NonNullable<ReturnType<NonNullable<ScoredLabels['proba']>>>, warn?: Warn) => number) =>
  (scored: ScoredLabels, warn?: Warn): number => {
    const proba = scored.proba?.()
    if (!proba) throw metricError('This metric needs probabilities (predict_proba), which the model does not have.')
    requireTwoColumns(proba)
    return score(scored, proba, warn)
  }

const withProba = { needs: 'probabilities' } as const
const comparing = { clustering: true } as const
const withScores = { needs: 'scores' } as const

/** An error as scikit-learn scores it, `neg_…`, and as it is. */
function negated<S extends Scorer>(scorer: S): S[] {
  const negative = (scored: never, warn?: Warn) => -(scorer.score as (scored: never, warn?: Warn) => number)(scored, warn)
  return [
    { ...scorer, greaterIsBetter: false },
    { ...scorer, name: `neg_${scorer.name}`, greaterIsBetter: true, score: negative as S['score'] },
  ]
}

const ratios = (score: RatioScore): LabelScorer[] =>
  (['binary', 'macro', 'micro', 'samples', 'weighted'] as const).map((average: Average) =>
    ofLabels(average === 'binary' ? score : `${score}_${average}`, (scored, warn) => ratioScore(score, scored, average, warn)),
  )

const rocAucOf = (name: string, multiClass: 'ovr' | 'ovo', average: 'macro' | 'weighted') =>
  ofLabels(name, (scored, warn) => rocAucScore(scored, probabilityScores(scored), { multiClass, average }, warn), withProba)

const ofValues = (name: string, score: ValueScorer['score'], greaterIsBetter = true): ValueScorer => ({
  name,
  task: 'regression',
  greaterIsBetter,
  needs: 'predictions',
  score,
})

const all: readonly Scorer[] = [
  ofLabels('accuracy', ({ truth, predicted }) => accuracy(truth, predicted)),
  ofLabels('balanced_accuracy', balancedAccuracy),
  ...ratios('precision'),
  ...ratios('recall'),
  ...ratios('f1'),
  ...ratios('jaccard'),
  ofLabels('matthews_corrcoef', matthewsCorrcoef),
  ofLabels('cohen_kappa', cohenKappa),
  ofLabels('roc_auc', (scored, warn) => rocAucScore(scored, rankingScores(scored), { multiClass: 'raise' }, warn), withScores),
  rocAucOf('roc_auc_ovr', 'ovr', 'macro'),
  rocAucOf('roc_auc_ovr_weighted', 'ovr', 'weighted'),
  rocAucOf('roc_auc_ovo', 'ovo', 'macro'),
  rocAucOf('roc_auc_ovo_weighted', 'ovo', 'weighted'),
  ofLabels('average_precision', (scored, warn) => averagePrecisionScore(scored, rankingScores(scored), warn), withScores),
  ofLabels('top_k_accuracy', (scored, warn) => topTwoAccuracy(scored, rankingScores(scored), warn), withScores),
  ...negated(ofLabels('log_loss', ofProba(probabilities.logLoss), withProba)),
  ...negated(ofLabels('brier_score', ofProba(probabilities.brierScore), withProba)),
  ofLabels('d2_log_loss_score', ofProba(probabilities.d2LogLoss), withProba),
  ofLabels('d2_brier_score', ofProba(probabilities.d2Brier), withProba),
  ofLabels('positive_likelihood_ratio', (scored, warn) => likelihoodRatio('positive', scored, warn)),
  ...negated(ofLabels('negative_likelihood_ratio', (scored, warn) => likelihoodRatio('negative', scored, warn))),
  ofLabels('rand_score', clustering.randScore, comparing),
  ofLabels('adjusted_rand_score', clustering.adjustedRandScore, comparing),
  ofLabels('fowlkes_mallows_score', clustering.fowlkesMallows, comparing),
  ofLabels('homogeneity_score', scored => clustering.vMeasure(scored).homogeneity, comparing),
  ofLabels('completeness_score', scored => clustering.vMeasure(scored).completeness, comparing),
  ofLabels('v_measure_score', scored => clustering.vMeasure(scored).v, comparing),
  ofLabels('mutual_info_score', clustering.mutualInfoScore, comparing),
  ofLabels('normalized_mutual_info_score', clustering.normalizedMutualInfo, comparing),
  ofLabels('adjusted_mutual_info_score', clustering.adjustedMutualInfo, comparing),
  ofValues('r2', regression.r2),
  ofValues('explained_variance', regression.explainedVariance),
  ofValues('d2_absolute_error_score', regression.d2AbsoluteError),
  ...negated(ofValues('mean_absolute_error', regression.meanAbsoluteError)),
  ...negated(ofValues('mean_squared_error', regression.meanSquaredError)),
  ...negated(ofValues('root_mean_squared_error', regression.rootMeanSquaredError)),
  ...negated(ofValues('mean_absolute_percentage_error', regression.meanAbsolutePercentageError)),
  ...negated(ofValues('median_absolute_error', regression.medianAbsoluteError)),
  ...negated(ofValues('max_error', regression.maxError)),
  ...negated(ofValues('mean_squared_log_error', scored => regression.meanSquaredLogError(scored))),
  ...negated(ofValues('root_mean_squared_log_error', regression.rootMeanSquaredLogError)),
  ...negated(ofValues('mean_poisson_deviance', regression.meanPoissonDeviance)),
  ...negated(ofValues('mean_gamma_deviance', regression.meanGammaDeviance)),
]

/** Metrics under scikit-learn's `scoring` names, and the errors also without their `neg_`. */
export const scorers: ReadonlyMap<string, Scorer> = new Map(all.map(scorer => [scorer.name, scorer]))

/** scikit-learn's own `scoring` names, sorted. */
export const scoringNames: readonly string[] = [...scorers.keys()].filter(key => key !== 'cohen_kappa' && !scorers.has(`neg_${key}`)).sort()

/** Whether an error says that a metric cannot be computed, rather than that something went wrong. */
export const isUndefinedMetric = (error: unknown): error is LearnError =>
  error instanceof LearnError && error.code === 'learn/undefined-metric'
