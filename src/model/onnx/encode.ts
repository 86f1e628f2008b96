import type { Attribute, ElementType, Graph, Initializer, Node, TensorInfo } from './graph';
import { ProtobufWriter } from './protobuf';

// Field numbers and enumerations: onnx/onnx.proto of ONNX 1.17.
const IR_VERSION = 10;
const OPSETS = [
  { domain: '', version: 20 },
  { domain: 'com.microsoft', version: 1 },
];
const ELEMENT_TYPES: Record<ElementType, number> = { float32: 1, uint8: 2, int64: 7, bool: 9 };
const ATTRIBUTE_FLOAT = 1;
const ATTRIBUTE_INT = 2;
const ATTRIBUTE_GRAPH = 5;
const ATTRIBUTE_INTS = 7;
const DATA_LOCATION_EXTERNAL = 1;

/** The graph as an ONNX file. */
export function encodeModel(graph: Graph): Uint8Array {
  return ProtobufWriter.message((model) => {
    model.int(1, IR_VERSION);
    model.string(2, 'vitrine');
    model.message(7, (w) => writeGraph(w, graph));
    for (const { domain, version } of OPSETS) {
      model.message(8, (w) => {
        w.string(1, domain);
        w.int(2, version);
      });
    }
  });
}

function writeGraph(writer: ProtobufWriter, graph: Graph): void {
  for (const node of graph.nodes) writer.message(1, (w) => writeNode(w, node, graph));
  writer.string(2, graph.name);
  for (const initializer of graph.initializers) writer.message(5, (w) => writeInitializer(w, initializer));
  for (const input of graph.inputs) writer.message(11, (w) => writeTensorInfo(w, input));
  for (const output of graph.outputs) writer.message(12, (w) => writeTensorInfo(w, output));
  for (const shape of graph.shapes) writer.message(13, (w) => writeTensorInfo(w, shape));
}

function writeNode(writer: ProtobufWriter, node: Node, graph: Graph): void {
  for (const input of node.inputs) writer.string(1, graph.nameOf(input));
  for (const output of node.outputs) writer.string(2, graph.nameOf(output));
  // Its place and its first result name the node, so that a profile or an error of the runtime leads back to the graph.
  writer.string(3, [...node.place, node.outputs[0] ?? node.operator].join('/'));
  writer.string(4, node.operator);
  for (const [name, value] of Object.entries(node.attributes)) {
    writer.message(5, (w) => {
      w.string(1, name);
      writeAttribute(w, value);
    });
  }
  writer.string(7, node.domain);
}

function writeAttribute(writer: ProtobufWriter, attribute: Attribute): void {
  if ('int' in attribute) {
    writer.int(3, attribute.int);
    writer.int(20, ATTRIBUTE_INT);
  } else if ('ints' in attribute) {
    writer.ints(8, attribute.ints);
    writer.int(20, ATTRIBUTE_INTS);
  } else if ('graph' in attribute) {
    writer.message(6, (w) => writeGraph(w, attribute.graph));
    writer.int(20, ATTRIBUTE_GRAPH);
  } else {
    writer.float(2, attribute.float);
    writer.int(20, ATTRIBUTE_FLOAT);
  }
}

function writeInitializer(writer: ProtobufWriter, { name, type, shape, data }: Initializer): void {
  writer.ints(1, shape);
  writer.int(2, ELEMENT_TYPES[type]);
  writer.string(8, name);
  if (data instanceof Uint8Array) {
    writer.bytes(9, data);
    return;
  }
  for (const [key, value] of [
    ['location', data.file],
    ['offset', data.offset],
    ['length', data.byteLength],
  ]) {
    writer.message(13, (w) => {
      w.string(1, String(key));
      w.string(2, String(value));
    });
  }
  writer.int(14, DATA_LOCATION_EXTERNAL);
}

function writeTensorInfo(writer: ProtobufWriter, { name, type, shape }: TensorInfo): void {
  writer.string(1, name);
  writer.message(2, (typeProto) =>
    typeProto.message(1, (tensor) => {
      tensor.int(1, ELEMENT_TYPES[type]);
      tensor.message(2, (dimensions) => {
        for (const dimension of shape) {
          dimensions.message(1, (w) => (typeof dimension === 'number' ? w.int(1, dimension) : w.string(2, dimension)));
        }
      });
    }),
  );
}
