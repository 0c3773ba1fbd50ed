import { nodeFromPlain, toYaml } from '../config/index.ts'

export type TrialText = 'table' | 'json' | 'csv' | 'yaml'

/** Data as text for machines. */
export const trialFormats = {
  json: (value: unknown) => `${JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? String(item) : item), 2)}\n`,
  yaml: (value: unknown) => toYaml(nodeFromPlain(value)),
} as const
