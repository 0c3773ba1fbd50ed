import { brokenInterpolation } from './broken-interpolation.ts'
import { missingDataFile } from './missing-data-file.ts'
import { missingTargetColumn } from './missing-target-column.ts'
import { missingValue } from './missing-value.ts'
import { openChoice } from './open-choice.ts'
import type { Rule } from './rule.ts'
import { targetParameters } from './target-parameters.ts'
import { unusedPart } from './unused-part.ts'

/** What is looked at beyond composition itself. */
export const rules: readonly Rule[] = [
  brokenInterpolation,
  targetParameters,
  missingValue,
  openChoice,
  missingDataFile,
  missingTargetColumn,
  unusedPart,
]
