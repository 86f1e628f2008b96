import type { LayerKind, ModelConfig } from '../config';
import type { Graph, Value } from '../onnx/graph';
import { concat, dimension, divide, expand } from '../onnx/operations';
import { angleInputs } from './context';
import { DECODER, TRACKED_KEYS } from './ports';

/** What every layer of a kind needs of the run. Shapes: `ports.ts`. */
export interface KindInputs {
  number: number;
  kind: LayerKind;
  mask: Value;
  /** The name of the number of keys, S. */
  keys: string;
  headMask: Value;
  /** [G, T, trackedKeys]: the same keys for each head of a group. */
  trackedKeys: Value;
  /** Undefined where the kind rotates nothing. */
  rope: { cosines: Value; sines: Value } | undefined;
  /** Dimensions that each run decides, as int64 vectors of one element. */
  run: { positions: Value; block: Value; queryBlocks: Value; keyBlocks: Value };
  /** int64 [3]: G, T, S */
  patternShape: Value;
}

export function kindInputs(
  g: Graph,
  { numAttentionHeads, layerKinds }: ModelConfig,
  number: number,
  { block, headMask }: { block: Value; headMask: Value },
): KindInputs {
  const kind = layerKinds[number] as LayerKind;
  const keys = `S.${number}`;
  const mask = g.input(DECODER.mask(number), 'float32', ['T', keys]);
  const trackedKeys = g.input(DECODER.trackedKeys(number), 'int64', [1, 'T', TRACKED_KEYS.length]);
  const groupSize = numAttentionHeads / kind.numKeyValueHeads;
  const t = dimension(g, mask, 0);
  const s = dimension(g, mask, 1);
  return {
    number,
    kind,
    mask,
    keys,
    headMask,
    trackedKeys: expand(g, trackedKeys, [groupSize, 1, 1]),
    rope: angleInputs(g, kind, 'T', { cosines: DECODER.cosines(number), sines: DECODER.sines(number) }),
    run: { positions: t, block, queryBlocks: divide(g, t, block), keyBlocks: divide(g, s, block) },
    patternShape: concat(g, [g.constant('int64', [groupSize]), t, s], 0),
  };
}
