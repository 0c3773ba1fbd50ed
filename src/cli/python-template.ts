/** Python's ValueError or KeyError of a template. */
export class TemplateError extends Error {}

/**
 * `string.Template(text).substitute(values)`: `$name` and `${name}` are replaced, `$$` is a dollar sign.
 *
 * @throws TemplateError for another use of `$`, and for a name without value
 */
export function substituteTemplate(text: string, values: Readonly<Record<string, () => string>>): string {
  return text.replace(/\$(?:(\$)|([_a-zA-Z][_a-zA-Z0-9]*)|\{([_a-zA-Z][_a-zA-Z0-9]*)\}|)/g, (found, escaped, named, braced, at: number) => {
    if (escaped) return '$'
    const name = named ?? braced
    if (name === undefined) {
      const before = text.slice(0, at).split(/\r\n|[\n\r\v\f]/)
      throw new TemplateError(`Invalid placeholder in string: line ${before.length}, col ${before.at(-1)!.length + 1}`)
    }
    if (!Object.hasOwn(values, name)) throw new TemplateError(`'${name}'`)
    return found === '' ? '' : values[name]()
  })
}
