import { shortClassName } from '../class-name.ts'
import { fullKey, type Place } from '../place.ts'
import { ResolveStop } from '../resolve-stop.ts'
import type { BuiltInResolver } from './resolver.ts'
import { selectFrom } from './select.ts'

const standardMessage = "'$OLD_KEY' is deprecated. Change your code and config to use '$NEW_KEY'"

/** `${oc.deprecated:new.key[,message]}`: the value of the new key, with a warning. */
export const deprecated: BuiltInResolver = {
  pythonName: 'deprecated',
  parameters: ['key', 'message'],
  required: 1,
  call([key, message], place, evaluation) {
    const text = (argument: Place, what: 'key' | 'message'): string => {
      const { node } = argument
      if (node.kind === 'scalar' && node.type === 'str') return node.value as string
      throw new ResolveStop('TypeError', `oc.deprecated: interpolation ${what} type is not a string (${shortClassName(argument)})`)
    }
    const path = text(key, 'key')
    const template = message ? text(message, 'message') : standardMessage
    const old = fullKey(place)
    const found = selectFrom(place, path, false, evaluation)
    if (!found) throw new ResolveStop('ConfigKeyError', `In oc.deprecated resolver at '${old}': Key not found: '${path}'`)
    const names: Record<string, string> = { OLD_KEY: old, NEW_KEY: fullKey(found) }
    const filled = template.replace(/\$(?:(\$)|\{(OLD_KEY|NEW_KEY)\}|(OLD_KEY|NEW_KEY)(?![A-Za-z0-9_]))/g, (_, dollar, braced, plain) =>
      dollar ? '$' : names[braced ?? plain],
    )
    evaluation.warnings.push({ place, message: filled })
    return found
  },
}
