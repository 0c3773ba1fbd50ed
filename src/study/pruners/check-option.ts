import { StudyError } from '../contract.ts'

/** @throws StudyError `study/bad-option` with Optuna's message when an option does not hold */
export function checkOption(holds: boolean, message: string, type: 'ValueError' | 'TypeError' = 'ValueError'): void {
  if (!holds) throw new StudyError('study/bad-option', type, message)
}
