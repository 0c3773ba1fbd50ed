/** JSON Schema, draft 7. */
export type Schema = { readonly [keyword: string]: unknown }

/** What takes the place of any value: `${models.seed}`. */
export const interpolation: Schema = { type: 'string', pattern: '^\\$\\{', description: 'An interpolation.' }
export const or = (...schemas: Schema[]): Schema => (schemas.length === 1 ? schemas[0] : { anyOf: schemas })
export const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}` })

/** A string. */
export const text = (description: string): Schema => ({ description, type: 'string' })
/** A schema with a description of its own. */
export const described = (schema: Schema, description: string): Schema => ({ description, allOf: [schema] })
