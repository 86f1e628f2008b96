import type { ModelConfig } from '../config';
import type { Graph, Value } from '../onnx/graph';
import { concat, dimension, divide, expand } from '../onnx/operations';
import { BODY, PROBES } from './ports';

/** What every layer of a body needs of the run. Shapes: `ports.ts`. */
export interface BodyInputs {
  ids: Value;
  positions: Value;
  mask: Value;
  gains: Value;
  /** [G, T, probes]: the same keys for each head of a group. */
  probes: Value;
  /** Dimensions that each run decides, as int64 vectors of one element. */
  run: { positions: Value; block: Value; queryBlocks: Value; keyBlocks: Value };
  /** int64 [3]: G, T, S */
  patternShape: Value;
}

export function bodyInputs(g: Graph, config: ModelConfig): BodyInputs {
  const ids = g.input(BODY.ids, 'int64', ['T']);
  const mask = g.input(BODY.mask, 'float32', ['T', 'S']);
  const block = g.input(BODY.block, 'int64', [1]);
  const probes = g.input(BODY.probes, 'int64', [1, 'T', PROBES.length]);
  const groupSize = config.numAttentionHeads / config.numKeyValueHeads;
  const t = dimension(g, mask, 0);
  const s = dimension(g, mask, 1);
  return {
    ids,
    positions: g.input(BODY.positions, 'int64', [1, 'T']),
    mask,
    gains: g.input(BODY.gains, 'float32', [config.numHiddenLayers, config.numAttentionHeads]),
    probes: expand(g, probes, [groupSize, 1, 1]),
    run: { positions: t, block, queryBlocks: divide(g, t, block), keyBlocks: divide(g, s, block) },
    patternShape: concat(g, [g.constant('int64', [groupSize]), t, s], 0),
  };
}
