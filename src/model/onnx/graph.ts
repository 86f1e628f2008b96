/** The name of a tensor in a graph: what a node gives and another takes. */
export type Value = string & { readonly brand: 'Value' };

export type ElementType = 'float32' | 'int64' | 'uint8' | 'bool';

/** One dimension: a size, or the name of one that each run decides (`T`). */
export type Dimension = number | string;

export interface TensorInfo {
  name: string;
  type: ElementType;
  shape: Dimension[];
}

/** A constant of the graph: its bytes stand in the graph, or in a file beside it. */
export interface Initializer {
  name: string;
  type: ElementType;
  shape: number[];
  data: Uint8Array | ExternalData;
}

/** A range of a file that lies beside the graph. */
export interface ExternalData {
  file: string;
  /** In bytes from the file's start; a multiple of 4,096, so that the runtime can map it. */
  offset: number;
  byteLength: number;
}

export type Attribute = { int: number } | { ints: number[] } | { float: number } | { graph: Graph };

export interface Node {
  operator: string;
  domain: string;
  inputs: Value[];
  outputs: Value[];
  attributes: Record<string, Attribute>;
  /** What it works for: the words of `within`, outermost first. */
  place: readonly string[];
}

interface NodeOptions {
  domain?: string;
  attributes?: Record<string, Attribute>;
}

/** An ONNX graph under construction. What its nodes mean, with shapes, is in `operations.ts`. */
export class Graph {
  readonly inputs: TensorInfo[] = [];
  readonly outputs: TensorInfo[] = [];
  readonly initializers: Initializer[] = [];
  readonly nodes: Node[] = [];
  readonly shapes: TensorInfo[] = [];
  readonly #constants = new Map<string, Value>();
  readonly #weights = new Set<string>();
  readonly #shared = new Map<string, Value>();
  readonly #outputNames = new Map<Value, string>();
  #place: readonly string[];

  /** @param outer the graph that this one is a branch of. */
  constructor(
    readonly name: string,
    readonly outer?: Graph,
  ) {
    this.#place = outer ? outer.#place : [];
  }

  /** What is added meanwhile works for a place: by that the runtime's profile can be read. */
  within<T>(place: string, add: () => T): T {
    const around = this.#place;
    this.#place = [...around, place];
    try {
      return add();
    } finally {
      this.#place = around;
    }
  }

  input(name: string, type: ElementType, shape: Dimension[]): Value {
    this.inputs.push({ name, type, shape });
    return name as Value;
  }

  /** Names a value as something that a run can ask for. (An Identity node would copy it: only what comes in needs one.) */
  output(name: string, value: Value, type: ElementType, shape: Dimension[]): void {
    const isInput = this.inputs.some((input) => input.name === value);
    this.#outputNames.set(isInput ? this.node('Identity', [value]) : value, name);
    this.outputs.push({ name, type, shape });
  }

  /** Takes away what no output needs. */
  prune(): void {
    const named = new Map(Array.from(this.#outputNames, ([value, name]) => [name, value]));
    const needed = new Set<Value>(this.outputs.map(({ name }) => named.get(name) as Value));
    const nodes = this.nodes.toReversed().filter((node) => {
      const isNeeded = node.outputs.some((output) => needed.has(output));
      if (isNeeded) for (const input of node.inputs) needed.add(input);
      return isNeeded;
    });
    replaceAll(this.nodes, nodes.reverse());
    replaceAll(
      this.inputs,
      this.inputs.filter(({ name }) => needed.has(name as Value)),
    );
    replaceAll(
      this.initializers,
      this.initializers.filter(({ name }) => needed.has(name as Value)),
    );
    replaceAll(
      this.shapes,
      this.shapes.filter(({ name }) => needed.has(name as Value)),
    );
  }

  /**
   * Says the shape of a float32 value that shape inference cannot name. The runtime gives the memory of a value that
   * is no longer needed to a later one of the same shape; where it does not know that shapes are equal it compares
   * each with all, which makes loading slow and the peak of memory high.
   */
  shaped(value: Value, shape: Dimension[]): Value {
    this.shapes.push({ name: value, type: 'float32', shape });
    return value;
  }

  /** The name that a value has in the file. */
  nameOf(value: Value): string {
    return this.#outputNames.get(value) ?? this.outer?.nameOf(value) ?? value;
  }

  /** A tensor that lies in a file beside the graph; the same one however often it is asked for. */
  weight(name: string, shape: number[], data: ExternalData, type: ElementType = 'float32'): Value {
    if (this.outer) return this.outer.weight(name, shape, data, type);
    if (!this.#weights.has(name)) {
      this.#weights.add(name);
      this.initializers.push({ name, type, shape, data });
    }
    return name as Value;
  }

  /** A small constant, written into the graph once however often it is asked for. */
  constant(type: ElementType, values: readonly number[], shape: number[] = [values.length]): Value {
    if (this.outer) return this.outer.constant(type, values, shape);
    const key = `${type}[${shape}]=${values}`;
    const known = this.#constants.get(key);
    if (known !== undefined) return known;
    const name = `constant.${this.#constants.size}` as Value;
    this.initializers.push({ name, type, shape, data: bytesOf(type, values) });
    this.#constants.set(key, name);
    return name;
  }

  /** What several nodes take and one computes: `make` adds it the first time that its key is asked for. */
  shared(key: string, make: () => Value): Value {
    const value = this.#shared.get(key) ?? make();
    this.#shared.set(key, value);
    return value;
  }

  /**
   * One of two float32 values, of which a run computes only the one that `condition` (bool [1]) chooses. A branch takes
   * values and weights of the graph around it, and none of the other branch's.
   */
  either(condition: Value, shape: Dimension[], whenTrue: (g: Graph) => Value, whenFalse: (g: Graph) => Value): Value {
    const branch = (name: string, build: (g: Graph) => Value) => {
      const graph = new Graph(`${this.name}.${name}.${this.nodes.length}`, this);
      const value = build(graph);
      graph.output(value, value, 'float32', shape);
      return { graph };
    };
    const attributes = { then_branch: branch('then', whenTrue), else_branch: branch('else', whenFalse) };
    return this.node('If', [condition], { attributes });
  }

  /** Adds an operator with one result. */
  node(operator: string, inputs: Value[], options?: NodeOptions): Value {
    return this.nodeOf(1, operator, inputs, options)[0] as Value;
  }

  /** Adds an operator with `count` results. */
  nodeOf(
    count: number,
    operator: string,
    inputs: Value[],
    { domain = '', attributes = {} }: NodeOptions = {},
  ): Value[] {
    const number = `${operator}.${this.nodes.length}`;
    // A branch's values are seen beside those around it.
    const base = this.outer ? `${this.name}.${number}` : number;
    const outputs = Array.from({ length: count }, (_, i) => (count === 1 ? base : `${base}.${i}`) as Value);
    this.nodes.push({ operator, domain, inputs, outputs, attributes, place: this.#place });
    return outputs;
  }
}

function replaceAll<T>(array: T[], by: readonly T[]): void {
  array.splice(0, array.length, ...by);
}

function bytesOf(type: ElementType, values: readonly number[]): Uint8Array {
  if (type === 'uint8' || type === 'bool') return Uint8Array.from(values);
  const array = type === 'float32' ? Float32Array.from(values) : BigInt64Array.from(values, BigInt);
  return new Uint8Array(array.buffer);
}
