import type { TargetSpec } from './contract.ts'
import { builtins } from './specs/builtins.ts'
import { featureEngine } from './specs/feature-engine.ts'
import { mlPackages } from './specs/ml-packages.ts'
import { optunaCrossovers } from './specs/optuna-crossovers.ts'
import { optunaDistributions } from './specs/optuna-distributions.ts'
import { optunaPruners } from './specs/optuna-pruners.ts'
import { optunaSamplers } from './specs/optuna-samplers.ts'
import { optunaSequenceSamplers } from './specs/optuna-sequence-samplers.ts'
import { recipes } from './specs/recipes.ts'
import { sklearnBoosting } from './specs/sklearn-boosting.ts'
import { sklearnCompose } from './specs/sklearn-compose.ts'
import { sklearnDecomposition } from './specs/sklearn-decomposition.ts'
import { sklearnEnsemble } from './specs/sklearn-ensemble.ts'
import { sklearnFeatureSelection } from './specs/sklearn-feature-selection.ts'
import { sklearnImpute } from './specs/sklearn-impute.ts'
import { sklearnLinearModel } from './specs/sklearn-linear-model.ts'
import { sklearnModelSelection } from './specs/sklearn-model-selection.ts'
import { sklearnNeighbors } from './specs/sklearn-neighbors.ts'
import { sklearnPipeline } from './specs/sklearn-pipeline.ts'
import { sklearnPreprocessing } from './specs/sklearn-preprocessing.ts'
import { sklearnSimpleModels } from './specs/sklearn-simple-models.ts'
import { sklearnTree } from './specs/sklearn-tree.ts'
import { sklearnVoting } from './specs/sklearn-voting.ts'

/**
 * All targets. Where a last segment has several owners, the first one here is meant by it: `main.OneHotEncoder` is scikit-learn's,
 * `main.LogisticRegression` never one of the ml-* packages.
 */
export const registry: readonly TargetSpec[] = [
  ...recipes,
  ...sklearnLinearModel,
  ...sklearnEnsemble,
  ...sklearnTree,
  ...sklearnBoosting,
  ...sklearnVoting,
  ...sklearnNeighbors,
  ...sklearnSimpleModels,
  ...sklearnPreprocessing,
  ...sklearnImpute,
  ...sklearnFeatureSelection,
  ...sklearnDecomposition,
  ...sklearnCompose,
  ...sklearnPipeline,
  ...sklearnModelSelection,
  ...featureEngine,
  ...optunaDistributions,
  ...optunaSamplers,
  ...optunaSequenceSamplers,
  ...optunaCrossovers,
  ...optunaPruners,
  ...mlPackages,
  ...builtins,
]

/** `LogisticRegression` of `sklearn.linear_model.LogisticRegression`. */
export const lastSegment = (name: string): string => name.slice(name.lastIndexOf('.') + 1)
/** The name under which Python itself knows a class: that of the private module that defines it. */
export const pythonName = ({ name, aliases = [] }: TargetSpec): string =>
  aliases.find(alias => /\._/.test(alias)) ?? (name.startsWith('feature_engine.') ? aliases[0] : undefined) ?? name
/** `sklearn.linear_model`; empty for a bare name. */
export const modulePart = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('.')))
