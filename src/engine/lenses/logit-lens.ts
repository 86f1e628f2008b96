import type { ModelConfig } from '../../model/config';
import { TOP_K } from '../../model/graphs/ports';
import type { LogitLens } from '../../shared/engine-api';
import { sentence, VitrineError } from '../../shared/errors';
import { unembeddingUnder } from '../adapter-gain';
import { checkIndex, checkRange } from '../ranges';
import type { Session } from '../sessions';
import { residualOf, type Trace } from '../trace';
import type { Translators } from '../tuned-lens';
import { unembed } from '../unembed';
import type { LensOf } from './lens';

/** What the model would say after each position if it stopped before a layer. */
export const logitLens: LensOf<'logitLens'> = {
  runsGraph: true,
  answer({ layers, from, to, topK, tuned }, { model: { compiled, sessions, translators }, trace }) {
    const { config } = compiled;
    const translate = tuned ? translatorsOf(translators) : undefined;
    const streamAt = (layer: number) => {
      const residual = residualOf(trace, layer, from, to);
      // What leaves the last layer is what the model itself reads.
      return layer === config.numHiddenLayers ? residual : (translate?.translate(residual, layer) ?? residual);
    };
    const all = Array.from({ length: config.numHiddenLayers + 1 }, (_, layer) => layer);
    for (const layer of layers ?? []) checkIndex(sentence`layer`, layer, all.length);
    checkRange(trace, { from, to });
    return unembedLayers(
      unembeddingUnder(sessions, compiled, trace.interventions),
      config,
      trace,
      streamAt,
      layers ?? all,
      from,
      to,
      topK,
    );
  },
};

/** @throws VitrineError `tunedLens.missing` */
function translatorsOf(translators: Translators | undefined): Translators {
  if (translators) return translators;
  throw new VitrineError(
    'tunedLens.missing',
    sentence`There is no tuned lens beside this model. Put one into a folder tuned-lens in the model's, or NAME.tuned-lens beside NAME.gguf, and load the model again.`,
  );
}

/**
 * Of each position [from, to) a layer's residual stream through
 * the final norm and the unembedding (nostalgebraist 2020, "interpreting GPT: the logit lens"). Layer L is its own output.
 */
async function unembedLayers(
  session: Session,
  config: ModelConfig,
  trace: Trace,
  streamAt: (layer: number) => Float32Array | Promise<Float32Array>,
  layers: number[],
  from: number,
  to: number,
  topK: number,
): Promise<LogitLens> {
  const positions = to - from;
  const kept = Math.min(topK, TOP_K, config.vocabSize);
  const lens: LogitLens = {
    layers,
    topK: kept,
    topIds: new Uint32Array(layers.length * positions * kept),
    topLogprobs: new Float32Array(layers.length * positions * kept),
    nextLogprob: new Float32Array(layers.length * positions),
    nextRank: new Uint32Array(layers.length * positions),
  };
  const targets = trace.ids.subarray(from + 1, to + 1);
  for (const [i, layer] of layers.entries()) {
    const found = await unembed(session, config, await streamAt(layer), targets);
    const computed = found.topIds.length / positions;
    for (let position = 0; position < positions; position++) {
      const at = (i * positions + position) * kept;
      lens.topIds.set(found.topIds.subarray(position * computed, position * computed + kept), at);
      lens.topLogprobs.set(found.topLogprobs.subarray(position * computed, position * computed + kept), at);
    }
    lens.nextLogprob.set(found.logprob, i * positions);
    lens.nextRank.set(found.rank, i * positions);
    if (to === trace.ids.length) lens.nextLogprob[(i + 1) * positions - 1] = Number.NaN;
  }
  return lens;
}
