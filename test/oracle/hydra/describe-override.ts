import { type Element, elementText, type ParsedOverride } from '../../../src/config/index.ts'

/** A parsed override in the words of `real_hydra.py`. */
export function describeParsed({ override, problem }: ParsedOverride): unknown {
  if (!override) return { error: problem?.message.split('\n')[0] }
  const types = { change: 'CHANGE', add: 'ADD', 'force-add': 'FORCE_ADD', delete: 'DEL' }
  return {
    type: types[override.type],
    key: override.key,
    ...(override.package === undefined ? {} : { package: override.package }),
    ...(override.valueType === undefined ? {} : { valueType: override.valueType }),
    value: override.value ? describeElement(override.value) : { NoneType: 'null' },
  }
}

function describeElement(element: Element): unknown {
  switch (element.kind) {
    case 'quoted':
      return { quoted: element.value, text: elementText(element) }
    case 'choice':
      return {
        choice: element.items.map(describeElement),
        simple: element.simple,
        shuffle: element.shuffle,
        tags: [...element.tags].sort(),
      }
    case 'range': {
      const { from, to, step, shuffle, tags } = element
      return { range: [from, to, step].map(describeElement), shuffle, tags: [...tags].sort() }
    }
    case 'interval':
      return { interval: [element.from, element.to].map(describeElement), tags: [...element.tags].sort() }
    case 'glob':
      return { glob: element.include, exclude: element.exclude }
    case 'list':
      return { list: element.items.map(describeElement) }
    case 'dict':
      return { dict: element.entries.map(({ key, value }) => [describeElement(key), describeElement(value)]) }
    case 'null':
      return { NoneType: 'null' }
    case 'str':
      return { str: element.value }
    default:
      return { [element.kind]: elementText(element) }
  }
}
