/** A function of the override grammar was called wrongly: Python's exception, which Hydra prints with its type. */
export class EvaluationError extends Error {
  constructor(
    /** `ValueError`, `TypeError`, … */
    readonly pythonType: string,
    message: string,
    readonly start: number,
    readonly end: number,
  ) {
    super(message)
  }
}
