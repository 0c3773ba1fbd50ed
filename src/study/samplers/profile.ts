/** Which Optuna's trials: the same seed gives others from release to release. */
export type Profile = 'optuna-5' | 'optuna-4.9'
