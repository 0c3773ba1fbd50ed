import { readFileSync } from 'node:fs'
import type { Column } from '../../../../src/data/index.ts'
import type { Label } from '../../../../src/learn/metrics/scored.ts'

/** Labels or values as a column of the type that they have in JSON. */
export function column(values: readonly Label[], name = 'y'): Column {
  if (typeof values[0] === 'string') {
    const categories = [...new Set(values as string[])]
    return { name, type: 'text', codes: Int32Array.from(values, value => categories.indexOf(value as string)), categories }
  }
  if (typeof values[0] === 'boolean') return { name, type: 'bool', values: Float64Array.from(values, Number) }
  return { name, type: values.every(Number.isInteger) ? 'int' : 'float', values: Float64Array.from(values as number[]) }
}

/** `make_metrics.py --random COUNT SEED FOLDER` makes others: METRIC_VECTORS=FOLDER npx vitest run test/unit/learn/metrics/scorers.test.ts */
export const vectors = (area: string, name: string) => {
  const other = area === 'metrics' ? process.env.METRIC_VECTORS : undefined
  return JSON.parse(
    readFileSync(other ? `${other}/${name}.json` : new URL(`../../../oracle/${area}/vectors/${name}.json`, import.meta.url), 'utf8'),
  )
}
