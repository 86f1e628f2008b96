import type { Value } from '../onnx/graph';
import { linear } from '../onnx/matrix';
import { multiply, softCap } from '../onnx/operations';
import type { Architecture, GraphContext } from './architecture';
import { type LayerNormConfig, layerNormed } from './layer-norm-parts';
import { normed, type RmsNormConfig } from './rms-norm';

/** Final norm and unembedding of the residual stream at any layer's border: [N, C] → [N, V]. */
export function logitsOf(architecture: Architecture, c: GraphContext, x: Value): Value {
  return c.g.within('unembedding', () => scaledLogits(architecture, c, x));
}

function scaledLogits(architecture: Architecture, c: GraphContext, x: Value): Value {
  const matrix = c.matrix(c.config.tieWordEmbeddings ? 'embedding' : 'unembedding');
  const product = linear(c.g, finalNormed(architecture, c, x), matrix);
  const scale = architecture.logitScale?.(c.config);
  const scaled = scale === undefined ? product : multiply(c.g, product, c.g.constant('float32', [scale]));
  const cap = architecture.logitSoftcap?.(c.config);
  return cap === undefined ? scaled : softCap(c.g, scaled, cap);
}

function finalNormed({ finalNorm }: Architecture, c: GraphContext, x: Value): Value {
  return finalNorm === 'rms'
    ? normed(c as GraphContext<RmsNormConfig>, 'norm', x)
    : layerNormed(c as GraphContext<LayerNormConfig>, 'norm', x);
}
