import { doubleBytes, int64Bytes, ProtobufMessage } from './protobuf-writer.ts'

/** Element types of tensors. Source: onnx.proto, TensorProto.DataType. */
export const elementType = { float: 1, int64: 7, string: 8, bool: 9, double: 11 } as const
export type ElementType = keyof typeof elementType

export type Attribute =
  | { readonly int: number }
  | { readonly float: number }
  | { readonly text: string }
  | { readonly ints: ArrayLike<number> }
  | { readonly floats: readonly number[] }
  | { readonly texts: readonly string[] }
  | { readonly doubles: ArrayLike<number> }

/** Versions that the graph is written for. */
const opsets = [
  ['', 18],
  ['ai.onnx.ml', 3],
] as const
const irVersion = 8

/** A graph of ONNX operators while it is built; values are known by name. */
export class OnnxGraph {
  private readonly nodes: ProtobufMessage[] = []
  private readonly initializers: ProtobufMessage[] = []
  private readonly inputs: ProtobufMessage[] = []
  private readonly outputs: ProtobufMessage[] = []
  private readonly inputNames = new Set<string>()
  private count = 0

  /** An input of `[rows, 1]`. */
  input(name: string, type: ElementType): string {
    this.inputs.push(valueInfo(name, type, ['N', 1]))
    this.inputNames.add(name)
    return name
  }

  /** Names a value as an output; an underscore follows where a column has that name. */
  output(value: string, wanted: string, type: ElementType, shape: readonly (string | number)[]): void {
    const name = this.free(wanted)
    this.nodes.push(node('Identity', [value], [name]))
    this.outputs.push(valueInfo(name, type, shape))
  }

  doubles(values: ArrayLike<number>, dims: readonly number[]): string {
    return this.initializer('double', dims, message => message.field(9, doubleBytes(values)))
  }

  ints(values: ArrayLike<number>, dims: readonly number[]): string {
    return this.initializer('int64', dims, message => message.field(9, int64Bytes(values)))
  }

  texts(values: readonly string[], dims: readonly number[]): string {
    return this.initializer('string', dims, message => message.repeated(6, values))
  }

  /** Applies an operator. @returns the name of its only output */
  apply(operator: string, inputs: readonly string[], attributes: Readonly<Record<string, Attribute>> = {}): string {
    return this.applyAll(operator, inputs, 1, attributes)[0]
  }

  applyAll(operator: string, inputs: readonly string[], outputs: number, attributes: Readonly<Record<string, Attribute>> = {}): string[] {
    const names = Array.from({ length: outputs }, () => this.fresh())
    this.nodes.push(node(operator, inputs, names, attributes))
    return names
  }

  cast(value: string, type: ElementType): string {
    return this.apply('Cast', [value], { to: { int: elementType[type] } })
  }

  /** The bytes of a `.onnx` file. */
  model({ producer, version, doc }: { readonly producer: string; readonly version: string; readonly doc: string }): Uint8Array {
    const graph = new ProtobufMessage()
      .repeated(1, this.nodes)
      .field(2, 'pipeline')
      .repeated(5, this.initializers)
      .repeated(11, this.inputs)
      .repeated(12, this.outputs)
    const imports = opsets.map(([domain, number]) => {
      const message = new ProtobufMessage()
      if (domain) message.field(1, domain)
      return message.field(2, number)
    })
    return new ProtobufMessage()
      .field(1, irVersion)
      .field(2, producer)
      .field(3, version)
      .field(6, doc)
      .field(7, graph)
      .repeated(8, imports)
      .finish()
  }

  private initializer(type: ElementType, dims: readonly number[], fill: (message: ProtobufMessage) => void): string {
    const name = this.fresh()
    const message = new ProtobufMessage().packedInts(1, dims).field(2, elementType[type])
    fill(message)
    this.initializers.push(message.field(8, name))
    return name
  }

  private fresh(): string {
    return this.free(`v${this.count++}`)
  }

  /** A name that no column has. */
  private free(name: string): string {
    return this.inputNames.has(name) ? this.free(`${name}_`) : name
  }
}

const mlOperators = new Set(['TreeEnsembleClassifier', 'TreeEnsembleRegressor', 'OneHotEncoder', 'LabelEncoder', 'ArrayFeatureExtractor'])

function node(
  operator: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, Attribute>> = {},
): ProtobufMessage {
  const message = new ProtobufMessage()
    .repeated(1, inputs)
    .repeated(2, outputs)
    .field(4, operator)
    .repeated(
      5,
      Object.entries(attributes).map(([name, value]) => attribute(name, value)),
    )
  return mlOperators.has(operator) ? message.field(7, 'ai.onnx.ml') : message
}

/** Source: onnx.proto, AttributeProto. */
function attribute(name: string, value: Attribute): ProtobufMessage {
  const message = new ProtobufMessage().field(1, name)
  if ('int' in value) return message.field(3, value.int).field(20, 2)
  if ('float' in value) return message.float(2, value.float).field(20, 1)
  if ('text' in value) return message.field(4, value.text).field(20, 3)
  if ('ints' in value) return message.packedInts(8, value.ints).field(20, 7)
  if ('texts' in value) return message.repeated(9, value.texts).field(20, 8)
  if ('doubles' in value) {
    const tensor = new ProtobufMessage()
      .packedInts(1, [value.doubles.length])
      .field(2, elementType.double)
      .field(8, name)
      .field(9, doubleBytes(value.doubles))
    return message.field(5, tensor).field(20, 4)
  }
  for (const item of value.floats) message.float(7, item)
  return message.field(20, 6)
}

function valueInfo(name: string, type: ElementType, shape: readonly (string | number)[]): ProtobufMessage {
  const dims = shape.map(dim => (typeof dim === 'string' ? new ProtobufMessage().field(2, dim) : new ProtobufMessage().field(1, dim)))
  const tensor = new ProtobufMessage().field(1, elementType[type]).field(2, new ProtobufMessage().repeated(1, dims))
  return new ProtobufMessage().field(1, name).field(2, new ProtobufMessage().field(1, tensor))
}
