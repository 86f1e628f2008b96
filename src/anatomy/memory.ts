import type { AnatomyLayer, ModelAnatomy } from '../shared/anatomy-api';

const FLOAT32_BYTES = 4;

/** Bytes that one more token adds to keys and values of all layers. @param numberBytes of one number of them */
export function kvBytesPerToken({ layers }: ModelAnatomy, numberBytes = FLOAT32_BYTES): number {
  return layers.reduce((sum, layer) => sum + numbersPerToken(layer), 0) * numberBytes;
}

/** Bytes of keys and values of a text, of which a layer with a window keeps no more than it sees; and of carried states. */
export function cacheBytes({ layers }: ModelAnatomy, tokens: number, numberBytes = FLOAT32_BYTES): number {
  const kept = ({ attention }: AnatomyLayer) => Math.min(tokens, attention?.slidingWindow ?? tokens);
  return layers.reduce((sum, layer) => sum + kept(layer) * numbersPerToken(layer) + layer.stateSize, 0) * numberBytes;
}

/** Bytes of the residual streams that a trace keeps: what enters each layer and what leaves the last, as float32. */
export function traceBytes({ layers, hiddenSize }: ModelAnatomy, tokens: number): number {
  return FLOAT32_BYTES * (layers.length + 1) * hiddenSize * tokens;
}

const numbersPerToken = ({ attention }: AnatomyLayer) =>
  attention ? 2 * attention.numKeyValueHeads * attention.headDim : 0;
