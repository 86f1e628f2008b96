import type { ModelConfig } from '../config';
import type { Graph, Value } from '../onnx/graph';
import { concat, dimension, divide, expand } from '../onnx/operations';
import { DECODER, TRACKED_KEYS } from './ports';

/** What every layer of a decoder needs of the run. Shapes: `ports.ts`. */
export interface DecoderInputs {
  ids: Value;
  positions: Value;
  mask: Value;
  headMask: Value;
  /** [G, T, trackedKeys]: the same keys for each head of a group. */
  trackedKeys: Value;
  /** Dimensions that each run decides, as int64 vectors of one element. */
  run: { positions: Value; block: Value; queryBlocks: Value; keyBlocks: Value };
  /** int64 [3]: G, T, S */
  patternShape: Value;
}

export function decoderInputs(g: Graph, config: ModelConfig): DecoderInputs {
  const ids = g.input(DECODER.ids, 'int64', ['T']);
  const mask = g.input(DECODER.mask, 'float32', ['T', 'S']);
  const block = g.input(DECODER.block, 'int64', [1]);
  const trackedKeys = g.input(DECODER.trackedKeys, 'int64', [1, 'T', TRACKED_KEYS.length]);
  const groupSize = config.numAttentionHeads / config.numKeyValueHeads;
  const t = dimension(g, mask, 0);
  const s = dimension(g, mask, 1);
  return {
    ids,
    positions: g.input(DECODER.positions, 'int64', [1, 'T']),
    mask,
    headMask: g.input(DECODER.headMask, 'float32', [config.numHiddenLayers, config.numAttentionHeads]),
    trackedKeys: expand(g, trackedKeys, [groupSize, 1, 1]),
    run: { positions: t, block, queryBlocks: divide(g, t, block), keyBlocks: divide(g, s, block) },
    patternShape: concat(g, [g.constant('int64', [groupSize]), t, s], 0),
  };
}
