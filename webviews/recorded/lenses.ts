import type { RecordedInside, RecordedTrace, Recording } from '../../src/recording/recording';
import type { Predictions } from '../../src/shared/engine-api';
import { isSameHead } from '../../src/shared/head-address';
import type { Lenses, Recorded } from '../../src/shared/inspector-api';
import { rowOf } from './head-row';
import { headsOf, meanOf, RecordedPatterns } from './patterns';
import { distributionOf, sliceExperts, sliceLens, slicePredictions } from './slices';
import { recordedThumbnails } from './thumbnails';
import { TokenList } from './token-list';
import { answered, unanswered } from './unanswered';
import { whyOf } from './why';

/** What was recorded of the text, by slices of it. Traces from 1 on are the texts to compare. */
export function recordedLenses({
  trace: recorded,
  anatomy,
  composition,
  tokens,
  texts,
}: Recording): Pick<Recorded, keyof Recorded & keyof Lenses> {
  const list = new TokenList(tokens);
  const patterns = recorded?.inside && new RecordedPatterns(recorded.inside.attention);
  const of = (trace: number): RecordedTrace => answered(trace === 0 ? recorded : undefined);
  const inside = (trace: number): RecordedInside => answered(of(trace).inside);
  const predictionsOf = (trace: number): Predictions =>
    trace === 0 ? answered(of(trace).predictions) : answered(texts[trace - 1]).predictions;

  return {
    predictions: async ({ trace, from, to, topK = 10 }) => slicePredictions(predictionsOf(trace), { from, to }, topK),
    heads: async ({ trace }) => inside(trace).heads,
    thumbnails: async ({ trace, size = 32 }) => recordedThumbnails(inside(trace).attention, size),
    attention: async ({ trace, layer, head, rows, size = Number.POSITIVE_INFINITY, valueWeighted }) => {
      if (valueWeighted) throw unanswered();
      inside(trace);
      return answered(patterns).pattern({ layer, head }, rows, size);
    },
    attentionOfQuery: async ({ trace, query, layer, head, mean = false, valueWeighted }) => {
      if (valueWeighted) throw unanswered();
      const { heads, layers } = inside(trace).attention;
      if (mean && layer !== undefined && head === undefined) return answered(patterns).row({ layer, head }, query);
      const wanted =
        layer === undefined ? Array.from({ length: layers * heads }, (_, at) => at) : headsOf(layer, heads);
      const rows = wanted
        .filter((at) => head === undefined || at % heads === head)
        .map((at) => answered(patterns).row({ layer: Math.floor(at / heads), head: at % heads }, query));
      return mean ? meanOf(rows) : joined(rows);
    },
    headRow: async ({ trace, ...asked }) => rowOf(inside(trace).headRow, asked),
    logitLens: async ({ trace, from, to, topK = 5, layers, tuned }) => {
      if (tuned) throw unanswered();
      return sliceLens(inside(trace).lens, { from, to }, topK, layers);
    },
    experts: async ({ trace, ...positions }) => sliceExperts(inside(trace).experts, positions),
    distribution: async ({ trace, position }) => {
      const predictions = predictionsOf(trace);
      if (position !== predictions.logprob.length - 1) throw unanswered();
      return distributionOf(answered(of(trace).distribution), predictions);
    },
    why: async ({ trace, ...asked }) => whyOf(inside(trace).why, asked).why,
    headSources: async ({ trace, layer, head, ...asked }) =>
      answered(whyOf(inside(trace).why, asked).heads.find((other) => isSameHead(other, { layer, head }))),
    anatomy: async () => answered(anatomy),
    composition: async () => composition,
    describe: async ({ ids }) => ids.map((id) => list.describe(id)),
  };
}

function joined(rows: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(rows.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const row of rows) {
    all.set(row, at);
    at += row.length;
  }
  return all;
}
