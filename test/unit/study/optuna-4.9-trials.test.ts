import { expectOptunasTrials } from './equal-trials.ts'

expectOptunasTrials('optuna-4.9', { 'study-9016': 17, 'study-9033': 3, 'study-9054': 12 })
