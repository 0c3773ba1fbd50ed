import { expectOptunasTrials } from './equal-trials.ts'

expectOptunasTrials('optuna-5', { 'study-9016': 17, 'study-9033': 3 })
