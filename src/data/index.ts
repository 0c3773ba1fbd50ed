export type { CsvOptions } from './csv/csv-options.ts'
export * from './data-error.ts'
export * from './read-csv.ts'
export * from './table.ts'
