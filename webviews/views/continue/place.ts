import type { TraceTokens } from '../../../src/shared/inspector-api';
import type { Sampling } from '../../../src/shared/request-fields';
import { byProbability, type Candidate, candidates, draw, randomFrom } from '../../../src/shared/sampling';
import { interventionsOf } from '../../../src/shared/steering';
import type { ViewStore } from '../../store/view-store';
import { type Branch, pathTo } from './branches';

/** A text that the model has read to its end, and what it gives for the next token. */
export interface Place {
  /** The last token of the text. */
  end: Branch;
  /** Tokens of the whole text. */
  ids: readonly number[];
  /** Of each token of the vocabulary, the natural logarithm of its probability. */
  logprobs: Float32Array;
  /** Token ids, the most probable first. */
  order: readonly number[];
  /** That reading it took, as this view saw it; undefined where it had been read before. */
  seconds: number | undefined;
}

/** Runs the model only where it has not read this text; what is known of a trace that is gone is computed anew. */
export async function readPlace(store: ViewStore, text: TraceTokens, end: Branch, task: number): Promise<Place> {
  const ids = [...text.ids, ...pathTo(end).map(({ id }) => id)];
  const distribution = (trace: number) => store.lenses.distribution({ trace, position: ids.length - 1 });
  const placeOf = (logprobs: Float32Array, seconds?: number): Place => ({
    end,
    ids,
    logprobs,
    order: byProbability(logprobs),
    seconds,
  });
  const known = end.parent ? end.trace : text.trace;
  if (known !== undefined) {
    const logprobs = await distribution(known).catch((error: unknown) => {
      if (!store.isLive) throw error;
    });
    if (logprobs) return placeOf(logprobs);
  }
  const started = performance.now();
  const interventions = interventionsOf(store.state);
  const { trace } = await store.host.forwardTokens({ task, ids, ...interventions });
  const seconds = (performance.now() - started) / 1000;
  end.trace = trace;
  return placeOf(await distribution(trace), seconds);
}

/** What sampling makes of a distribution, and the token that the seed draws from it. */
export interface Draw {
  /** Tokens that may be drawn, the most probable first; probabilities sum to 1. */
  left: readonly Candidate[];
  drawn: Candidate;
  /** From [0, 1): where the draw fell. */
  random: number;
}

/** The n-th token after the text is drawn with the seed's n-th random number, as the engine does. */
export function drawAt({ logprobs, order, end }: Place, sampling: Sampling): Draw {
  const left = candidates(logprobs, sampling, order);
  const random = randomAt(sampling.seed ?? 0, pathTo(end).length);
  return { left, drawn: draw(left, random), random };
}

function randomAt(seed: number, index: number): number {
  const random = randomFrom(seed);
  for (let i = 0; i < index; i++) random();
  return random();
}
