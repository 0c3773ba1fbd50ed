declare module 'ml-logistic-regression' {
  import type { Matrix } from 'ml-matrix'

  /** One-against-all logistic regression by gradient descent. */
  class LogisticRegression {
    constructor(options?: { numSteps?: number; learningRate?: number })
    train(X: Matrix, Y: Matrix): void
    predict(X: Matrix): number[]
    toJSON(): unknown
    static load(model: unknown): LogisticRegression
  }
  export = LogisticRegression
}
