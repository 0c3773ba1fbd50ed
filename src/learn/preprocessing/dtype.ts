import type { Constraint } from '../parameters.ts'

/** A numpy type by its name; what is not float64 is refused by whoever takes it. */
export const aDtype: Constraint = { says: 'a dtype', accepts: value => typeof value === 'string' }
