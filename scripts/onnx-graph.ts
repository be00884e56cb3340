import onnxProto from 'onnx-proto';
import type { onnx } from 'onnx-proto';

export type GraphNode = onnx.NodeProto;

const FLOAT_TENSOR = 1;
const TENSOR_ATTRIBUTE = 4;
const FLOAT_ATTRIBUTE = 1;

/** A constant of floats, as plain numbers. */
export interface FloatConstant {
  values: Float32Array<ArrayBuffer>;
  dims: number[];
}

export function floatAttribute(name: string, value: number): onnx.IAttributeProto {
  return { name, type: FLOAT_ATTRIBUTE, f: value };
}

/**
 * An ONNX graph taken apart for editing: the nodes that compute, and the constants they use by name. The models we
 * edit keep their weights in `Constant` nodes, not in initialisers; a graph with initialisers is refused.
 */
export class OnnxGraph {
  nodes: GraphNode[];
  readonly #model: onnx.ModelProto;
  readonly #graph: onnx.IGraphProto;
  readonly #constants = new Map<string, GraphNode>();
  #made = 0;

  constructor(bytes: Uint8Array) {
    this.#model = onnxProto.onnx.ModelProto.decode(bytes);
    const graph = this.#model.graph;
    if (!graph) throw new Error('The file holds no ONNX graph.');
    if (graph.initializer?.length) throw new Error('A graph with initialisers is not supported.');
    this.#graph = graph;
    const nodes = (graph.node ?? []).map((node) => onnxProto.onnx.NodeProto.create(node));
    this.nodes = nodes.filter((node) => node.opType !== 'Constant');
    for (const node of nodes) if (node.opType === 'Constant') this.#constants.set(outputOf(node), node);
  }

  isConstant(name: string): boolean {
    return this.#constants.has(name);
  }

  constantNames(): string[] {
    return [...this.#constants.keys()];
  }

  /** The value of a constant of one element; null for everything else. */
  scalar(name: string | undefined): number | null {
    const constant = name === undefined ? null : this.floats(name);
    if (!constant || constant.dims.length > 1 || constant.values.length !== 1) return null;
    return constant.values[0] ?? null;
  }

  /** A constant of floats; null where the name is no constant or holds something else. */
  floats(name: string): FloatConstant | null {
    const tensor = this.#constants.get(name)?.attribute[0]?.t;
    if (!tensor || tensor.dataType !== FLOAT_TENSOR) return null;
    return { values: floatsOf(tensor), dims: (tensor.dims ?? []).map(Number) };
  }

  /** Adds a constant and returns its name. */
  addFloats({ values, dims }: FloatConstant): string {
    const name = `folded_${this.#made++}`;
    this.#setFloats(name, values, dims);
    return name;
  }

  replaceFloats(name: string, { values, dims }: FloatConstant): void {
    if (!this.#constants.has(name)) throw new Error(`The graph has no constant named ${name}.`);
    this.#setFloats(name, values, dims);
  }

  /** Every node that reads each value. */
  consumers(): Map<string, GraphNode[]> {
    const consumers = new Map<string, GraphNode[]>();
    for (const node of this.nodes) {
      for (const input of node.input) consumers.set(input, [...(consumers.get(input) ?? []), node]);
    }
    return consumers;
  }

  isOutput(name: string): boolean {
    return (this.#graph.output ?? []).some((output) => output.name === name);
  }

  /** States the size of one dimension of the graph's first output. */
  setOutputDimension(axis: number, size: number): void {
    const dims = this.#graph.output?.[0]?.type?.tensorType?.shape?.dim;
    if (!dims?.[axis]) throw new Error(`The graph's output has no dimension ${axis}.`);
    dims[axis] = { dimValue: size };
  }

  remove(dead: ReadonlySet<GraphNode>): void {
    this.nodes = this.nodes.filter((node) => !dead.has(node));
  }

  /** The edited model, without the constants that nothing uses any more. The same edits give the same bytes. */
  encode(): Uint8Array {
    const used = new Set(this.nodes.flatMap((node) => node.input));
    const constants = [...this.#constants.values()].filter((node) => used.has(outputOf(node)));
    this.#graph.node = [...constants, ...this.nodes];
    return onnxProto.onnx.ModelProto.encode(this.#model).finish();
  }

  #setFloats(name: string, values: Float32Array<ArrayBuffer>, dims: number[]): void {
    const rawData = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const tensor = { dims, dataType: FLOAT_TENSOR, rawData };
    const attribute = [{ name: 'value', type: TENSOR_ATTRIBUTE, t: tensor }];
    this.#constants.set(name, onnxProto.onnx.NodeProto.create({ opType: 'Constant', output: [name], name, attribute }));
  }
}

/** The single output of a node; every node of these models has exactly one. */
export function outputOf(node: GraphNode): string {
  const [output] = node.output;
  if (output === undefined) throw new Error(`The node ${node.name} has no output.`);
  return output;
}

function floatsOf(tensor: onnx.ITensorProto): Float32Array<ArrayBuffer> {
  const raw = tensor.rawData;
  // Copied, since the bytes inside the file need not be aligned to four.
  if (raw?.length) return new Float32Array(new Uint8Array(raw).buffer);
  return Float32Array.from(tensor.floatData ?? []);
}
