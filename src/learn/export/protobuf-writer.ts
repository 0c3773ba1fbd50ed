/** What a field of a protobuf message holds: a number of the varint kind, text, bytes, or an inner message. */
export type ProtobufValue = number | bigint | string | Uint8Array | ProtobufMessage

/** Builds one protobuf message, field by field. Source: protobuf encoding (protobuf.dev/programming-guides/encoding). */
export class ProtobufMessage {
  private readonly parts: Uint8Array[] = []
  private length = 0

  /** A varint, text, bytes or inner message; an empty text is left out as its default. */
  field(number: number, value: ProtobufValue): this {
    if (typeof value === 'number' || typeof value === 'bigint') return this.push(varint((number << 3) | 0), varint(value))
    const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value instanceof ProtobufMessage ? value.finish() : value
    return this.push(varint((number << 3) | 2), varint(bytes.length), bytes)
  }

  /** One field several times. */
  repeated(number: number, values: Iterable<ProtobufValue>): this {
    for (const value of values) this.field(number, value)
    return this
  }

  /** Whole numbers as one packed field. */
  packedInts(number: number, values: ArrayLike<number>): this {
    return this.field(number, joined(Array.from(values, varint)))
  }

  /** A 32-bit float. */
  float(number: number, value: number): this {
    return this.push(varint((number << 3) | 5), new Uint8Array(Float32Array.of(value).buffer))
  }

  finish(): Uint8Array {
    return joined(this.parts, this.length)
  }

  private push(...parts: Uint8Array[]): this {
    for (const part of parts) {
      this.parts.push(part)
      this.length += part.length
    }
    return this
  }
}

/** Seven bits a byte, the lowest first; negative numbers as their two's complement in 64 bits. */
function varint(value: number | bigint): Uint8Array {
  if (typeof value === 'number' && value >= 0 && value < 128) return Uint8Array.of(value)
  let rest = BigInt.asUintN(64, BigInt(value))
  const bytes: number[] = []
  while (rest > 127n) {
    bytes.push(Number(rest & 127n) | 128)
    rest >>= 7n
  }
  bytes.push(Number(rest))
  return Uint8Array.from(bytes)
}

function joined(parts: readonly Uint8Array[], length = parts.reduce((sum, part) => sum + part.length, 0)): Uint8Array {
  const all = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** Doubles as bytes, lowest byte first. */
export function doubleBytes(values: ArrayLike<number>): Uint8Array {
  const view = new DataView(new ArrayBuffer(8 * values.length))
  for (let i = 0; i < values.length; i++) view.setFloat64(8 * i, values[i], true)
  return new Uint8Array(view.buffer)
}

/** Whole numbers as int64 bytes, lowest byte first. */
export function int64Bytes(values: ArrayLike<number>): Uint8Array {
  const view = new DataView(new ArrayBuffer(8 * values.length))
  for (let i = 0; i < values.length; i++) view.setBigInt64(8 * i, BigInt(values[i]), true)
  return new Uint8Array(view.buffer)
}
