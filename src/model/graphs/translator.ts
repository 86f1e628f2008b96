import { encodeModel } from '../onnx/encode';
import { Graph } from '../onnx/graph';
import { linear } from '../onnx/matrix';
import { add } from '../onnx/operations';
import { TRANSLATOR } from './ports';

/** What a tuned lens makes of the residual stream: h + W·h + b. Ports: `TRANSLATOR`. */
export function translatorGraph(hiddenSize: number): Uint8Array {
  const g = new Graph('translator');
  const h = g.input(TRANSLATOR.residual, 'float32', ['N', hiddenSize]);
  const weight = g.input(TRANSLATOR.weight, 'float32', [hiddenSize, hiddenSize]);
  const bias = g.input(TRANSLATOR.bias, 'float32', [hiddenSize]);
  g.output(TRANSLATOR.translated, add(g, h, linear(g, h, { value: weight }, bias)), 'float32', ['N', hiddenSize]);
  return encodeModel(g);
}
