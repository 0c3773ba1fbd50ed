import type { ConfigNode, ListNode, MapEntry, MapNode, ScalarNode } from '../node.ts'
import { scalarText } from './scalar-text.ts'
import { isSimpleKey, writeScalar } from './write-scalar.ts'
import { createWriter, type Writer, writeIndent, writeItemIndicator, writeLineBreak, writeText, writeToken } from './writer.ts'

type Typed = Pick<ScalarNode, 'type' | 'value'>

/**
 * The node as `OmegaConf.to_yaml` prints it, byte for byte: block style, two spaces, keys in order, lists not indented below their key,
 * long text folded behind column 80, interpolations as written. Ends with a line end.
 */
export function toYaml(node: ConfigNode): string {
  const writer = createWriter()
  // The root's lines begin at column 0: each nesting adds two.
  writer.indent = -2
  writeNode(writer, node, false)
  writeLineBreak(writer)
  return writer.out
}

function writeNode(writer: Writer, node: ConfigNode, isMapValue: boolean): void {
  if (node.kind === 'scalar') writeValue(writer, node)
  else if (node.kind === 'map') {
    if (node.entries.size === 0) writeToken(writer, '{}')
    else writeMap(writer, node)
  } else if (node.items.length === 0) writeToken(writer, '[]')
  else writeList(writer, node, isMapValue && !writer.atIndent)
}

function writeList(writer: Writer, { items }: ListNode, indentless: boolean): void {
  if (!indentless) writer.indent += 2
  for (const item of items) {
    writeIndent(writer)
    writeItemIndicator(writer, '-')
    writeNode(writer, item, false)
  }
  if (!indentless) writer.indent -= 2
}

function writeMap(writer: Writer, { entries }: MapNode): void {
  writer.indent += 2
  for (const { key, node } of entries.values()) {
    writeIndent(writer)
    if (key.type !== 'bytes' && writeSimpleKey(writer, key)) {
      writeText(writer, ':')
      writeNode(writer, node, true)
    } else {
      writeItemIndicator(writer, '?')
      writeValue(writer, key)
      writeIndent(writer)
      writeItemIndicator(writer, ':')
      writeNode(writer, node, true)
    }
  }
  writer.indent -= 2
}

function writeSimpleKey(writer: Writer, key: MapEntry['key']): boolean {
  const { text, mustQuote, tagLength } = scalarText(key)
  if (!isSimpleKey(text, tagLength)) return false
  writeScalar(writer, text, { mustQuote, isKey: true })
  return true
}

function writeValue(writer: Writer, scalar: Typed): void {
  if (scalar.type === 'bytes') writeBytes(writer, scalar.value as Uint8Array)
  else {
    const { text, mustQuote } = scalarText(scalar)
    writeScalar(writer, text, { mustQuote, isKey: false })
  }
}

/** `!!binary |` and base64 in lines of 76 characters. */
function writeBytes(writer: Writer, bytes: Uint8Array): void {
  writeToken(writer, '!!binary')
  writeToken(writer, bytes.length === 0 ? '""' : '|')
  writer.indent += 2
  const base64 = btoa(String.fromCharCode(...bytes))
  for (let at = 0; at < base64.length; at += 76) {
    writeLineBreak(writer)
    writeIndent(writer)
    writeText(writer, base64.slice(at, at + 76))
    writer.afterSpace = false
    writer.atIndent = false
  }
  writer.indent -= 2
}
