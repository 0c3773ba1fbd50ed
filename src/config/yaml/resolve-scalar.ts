import { tags } from './tags.ts'

// YAML 1.1's implicit types as PyYAML tries them, in its order; the source of the patterns is PyYAML's resolver table and the float pattern that OmegaConf adds.
const bool = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/
const float =
  /^(?:[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/
const int = /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/
const omegaconfFloat =
  /^(?:[-+]?[0-9]+(?:_[0-9]+)*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+)|\.[0-9]+(?:_[0-9]+)*(?:[eE][-+][0-9]+)?|[-+]?[0-9]+(?:_[0-9]+)*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/
const timestamp =
  /^(?:[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]|[0-9][0-9][0-9][0-9]-[0-9][0-9]?-[0-9][0-9]?(?:[Tt]|[ \t]+)[0-9][0-9]?:[0-9][0-9]:[0-9][0-9](?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9][0-9]?(?::[0-9][0-9])?))?)$/

/** The tag of a plain scalar as OmegaConf's loader sees it: dates are strings, `1e3` is a float. */
export function resolvePlain(text: string): string {
  if (text === '') return tags.null
  const c = text.charCodeAt(0)
  if (isNumberStart(c)) {
    if (float.test(text)) return tags.float
    if (c !== 46 && int.test(text)) return tags.int
    return omegaconfFloat.test(text) ? tags.float : tags.str
  }
  return resolveWord(text, c)
}

/** Whether a plain scalar is a string for PyYAML's own dumper, which knows dates and not OmegaConf's floats. */
export function isPlainStr(text: string): boolean {
  if (text === '') return false
  const c = text.charCodeAt(0)
  if (isNumberStart(c)) return !(float.test(text) || (c !== 46 && int.test(text)) || (c >= 48 && timestamp.test(text)))
  return resolveWord(text, c) === tags.str
}

const isNumberStart = (c: number): boolean => (c >= 48 && c <= 57) || c === 43 || c === 45 || c === 46

function resolveWord(text: string, c: number): string {
  switch (c) {
    case 126: // ~
      return text === '~' ? tags.null : tags.str
    case 60: // <
      return text === '<<' ? tags.merge : tags.str
    case 61: // =
      return text === '=' ? tags.value : tags.str
    case 110: // n
    case 78: // N
      if (text === 'null' || text === 'Null' || text === 'NULL') return tags.null
      return bool.test(text) ? tags.bool : tags.str
    case 121: // y
    case 89:
    case 116: // t
    case 84:
    case 102: // f
    case 70:
    case 111: // o
    case 79:
      return bool.test(text) ? tags.bool : tags.str
    default:
      return tags.str
  }
}
