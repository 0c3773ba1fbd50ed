/** Something wrong with a data file. `run/` turns it into a problem at the config line that names the file. */
export class DataError extends Error {
  constructor(
    /** `data/file-missing`, `data/empty`, `data/ragged`, `data/encoding`, `data/no-column`, … */
    readonly code: string,
    message: string,
    readonly details: {
      readonly path?: string
      /** 1-based line of the file. */
      readonly line?: number
      readonly column?: string
      readonly hint?: string
    } = {},
  ) {
    super(message)
    this.name = 'DataError'
  }
}
