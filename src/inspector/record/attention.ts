import { bytesOfWeights, triangleOf } from '../../recording/coded-weights';
import { POOLED_SIDE, type RecordedAttention, type RecordedPooled, wholeTokens } from '../../recording/recording';
import type { AttentionPattern } from '../../shared/engine-api';
import type { HeadAddress } from '../../shared/head-address';
import type { Lenses } from '../../shared/inspector-api';
import type { Steps } from './steps';
import type { TracedSubject } from './subject';
import { wholeHeads } from './whole-heads';

const THUMBNAIL_SIZE = 32;

export async function recordAttention(
  lenses: Lenses,
  subject: TracedSubject,
  chosen: HeadAddress | undefined,
  steps: Steps,
): Promise<RecordedAttention> {
  const { tokens, layers, heads } = subject;
  const isPooled = tokens > wholeTokens(layers * heads);
  const size = isPooled ? POOLED_SIDE : tokens;
  const maximum: Triangles = [];
  const mean: Triangles = [];
  let first: AttentionPattern | undefined;
  for (let layer = 0; layer < layers; layer++) {
    const patterns = await steps.step(() => layerPatterns(lenses, subject, layer, size));
    first ??= patterns[0];
    for (const pattern of patterns) {
      maximum.push(pattern && triangle(pattern, pattern.maximum));
      if (isPooled) mean.push(pattern && triangle(pattern, pattern.mean));
    }
  }
  return {
    tokens,
    layers,
    heads,
    side: first?.rows ?? 0,
    block: first?.rowBlock ?? 1,
    maximum: joined(maximum),
    mean: isPooled ? joined(mean) : undefined,
    pooled: isPooled ? await steps.step(() => recordPooled(lenses, subject, chosen)) : undefined,
  };
}

/** Of a layer's heads, one after another; undefined where the layer has no attention. */
async function layerPatterns(
  lenses: Lenses,
  { trace, heads, attention }: TracedSubject,
  layer: number,
  size: number,
): Promise<(AttentionPattern | undefined)[]> {
  if (!attention[layer]) return Array(heads).fill(undefined);
  const patterns: AttentionPattern[] = [];
  for (let head = 0; head < heads; head++) {
    patterns.push(await lenses.attention({ trace, layer, head, size }));
  }
  return patterns;
}

async function recordPooled(
  lenses: Lenses,
  subject: TracedSubject,
  chosen: HeadAddress | undefined,
): Promise<RecordedPooled> {
  const { trace, tokens, layers, attention, selected } = subject;
  const layerMaximum: Triangles = [];
  const layerMean: Triangles = [];
  for (let layer = 0; layer < layers; layer++) {
    const pattern = attention[layer] ? await lenses.attention({ trace, layer, size: POOLED_SIDE }) : undefined;
    layerMaximum.push(pattern && triangle(pattern, pattern.maximum));
    layerMean.push(pattern && triangle(pattern, pattern.mean));
  }
  const whole: RecordedPooled['whole'] = [];
  const seen = chosen && attention[chosen.layer] ? chosen : undefined;
  for (const { layer, head } of wholeHeads(await lenses.heads({ trace }), seen, tokens)) {
    const { maximum } = await lenses.attention({ trace, layer, head });
    whole.push({ layer, head, weights: bytesOfWeights(triangleOf(maximum, tokens)) });
  }
  return {
    layerMaximum: joined(layerMaximum),
    layerMean: joined(layerMean),
    thumbnails: await recordThumbnails(lenses, trace),
    whole,
    row: selected === undefined ? undefined : { query: selected, weights: await rowBytes(lenses, trace, selected) },
  };
}

async function recordThumbnails(lenses: Lenses, trace: number): Promise<RecordedPooled['thumbnails']> {
  const { size: side, block, maximum, mean } = await lenses.thumbnails({ trace, size: THUMBNAIL_SIZE });
  return { side, block, maximum: triangles(maximum, side), mean: triangles(mean, side) };
}

async function rowBytes(lenses: Lenses, trace: number, query: number): Promise<Uint8Array> {
  return bytesOfWeights(await lenses.attentionOfQuery({ trace, query }));
}

const triangle = ({ rows }: AttentionPattern, weights: Float32Array) => bytesOfWeights(triangleOf(weights, rows));

/** Of many square patterns, one after another. */
function triangles(squares: Float32Array, side: number): Uint8Array {
  const count = squares.length / side ** 2;
  const square = (at: number) => squares.subarray(at * side ** 2, (at + 1) * side ** 2);
  return joined(Array.from({ length: count }, (_, at) => bytesOfWeights(triangleOf(square(at), side))));
}

/** Of one pattern after another, all of one size; undefined where there is none, which is recorded as one without weights. */
type Triangles = (Uint8Array | undefined)[];

function joined(parts: Triangles): Uint8Array {
  const size = parts.find((part) => part !== undefined)?.length ?? 0;
  const all = new Uint8Array(parts.length * size);
  for (const [i, part] of parts.entries()) if (part) all.set(part, i * size);
  return all;
}
