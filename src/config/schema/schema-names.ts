/** A place in a schema file: JSON pointer, and what a class there is called if it has no title. */
export interface SchemaPlace {
  readonly file: string
  readonly pointer: string
}

export const placeId = ({ file, pointer }: SchemaPlace): string => `${file}#${pointer}`

export const below = ({ file, pointer }: SchemaPlace, ...parts: readonly string[]): SchemaPlace => ({
  file,
  pointer: `${pointer}${parts.map(part => `/${part.replace(/~/g, '~0').replace(/\//g, '~1')}`).join('')}`,
})

export const pointerParts = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map(part => part.replace(/~1/g, '/').replace(/~0/g, '~'))

/** `base_mysql` -> `BaseMysql`: the name of a class whose schema has no title that could be one. */
export function className(title: string | undefined, { file, pointer }: SchemaPlace): string {
  if (title !== undefined && /^[A-Za-z_]\w*$/.test(title)) return title
  const parts = pointerParts(pointer).filter(part => part !== 'items' && part !== 'additionalProperties' && !/^\d+$/.test(part))
  const last = parts.at(-1) ?? file.slice(file.lastIndexOf('/') + 1).replace(/\.json$/, '')
  const words = last.split(/[^A-Za-z0-9]+/).filter(Boolean)
  return words.map(word => word[0].toUpperCase() + word.slice(1)).join('') || 'Config'
}
