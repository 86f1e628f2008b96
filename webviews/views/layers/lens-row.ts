import type { LogitLens } from '../../../src/shared/engine-api';

/** What the model would say after a token if it stopped before a layer; the last is its own output. */
export interface LensCell {
  layer: number;
  /** The most probable tokens, the first of them the most. */
  top: { id: number; logprob: number }[];
  /** Natural logarithm of the probability of the token that in truth comes next; NaN after the last token. */
  nextLogprob: number;
  /** From 0. */
  nextRank: number;
}

/** What it would say after one token, layer by layer. */
export interface LensRow {
  position: number;
  cells: LensCell[];
  /** The layer from which the token that in truth comes next stays the first guess; undefined where it is not in the end. */
  settled: number | undefined;
}

/** The rows of the positions [from, …) that were asked for. */
export function lensRows(lens: LogitLens, from: number): LensRow[] {
  const positions = lens.nextLogprob.length / lens.layers.length;
  return Array.from({ length: positions }, (_, i) => {
    const cells = lens.layers.map((layer, l) => cellAt(lens, layer, l * positions + i));
    return { position: from + i, cells, settled: settledLayer(cells) };
  });
}

function cellAt({ topK, topIds, topLogprobs, nextLogprob, nextRank }: LogitLens, layer: number, at: number): LensCell {
  const top = Array.from(topIds.subarray(at * topK, (at + 1) * topK), (id, k) => ({
    id,
    logprob: topLogprobs[at * topK + k] ?? Number.NEGATIVE_INFINITY,
  }));
  return { layer, top, nextLogprob: nextLogprob[at] ?? Number.NaN, nextRank: nextRank[at] ?? 0 };
}

function settledLayer(cells: readonly LensCell[]): number | undefined {
  const isFirst = ({ nextLogprob, nextRank }: LensCell) => !Number.isNaN(nextLogprob) && nextRank === 0;
  const last = cells.findLastIndex((cell) => !isFirst(cell));
  return cells[last + 1]?.layer;
}

/** The layer from which a tenth of the model's final first guesses stay its first guess: before, it knows little. */
export function firstAnswersLayer(rows: readonly LensRow[]): number {
  const layers = rows.map(({ cells }) => {
    const answer = cells.at(-1)?.top[0]?.id;
    return cells.findLastIndex(({ top }) => top[0]?.id !== answer) + 1;
  });
  return layers.sort((one, other) => one - other)[Math.floor(layers.length / 10)] ?? 0;
}

/** The layers from which true next tokens stay the first guess, those first at which most do. */
export function settlingLayers(rows: readonly LensRow[]): number[] {
  const counts = new Map<number, number>();
  for (const { settled } of rows) if (settled !== undefined) counts.set(settled, (counts.get(settled) ?? 0) + 1);
  return [...counts].sort(([, one], [, other]) => other - one).map(([layer]) => layer);
}
