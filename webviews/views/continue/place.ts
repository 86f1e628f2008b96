import type { Sampling } from '../../../src/shared/request-fields';
import { byProbability, type Candidate, candidates, draw, randomFrom } from '../../../src/shared/sampling';
import { t } from '../../l10n';
import type { ViewStore } from '../../store/view-store';
import { type Branch, pathTo, type ReadTo, textsOf } from './branches';
import { readingOf, type Writer } from './writer';

/** A text that a model has read to its end, and what it gives for the next token. */
export interface Place {
  writer: Writer;
  /** The last token of the text. */
  end: Branch;
  /** Of the reading. */
  trace: number;
  /** Tokens of the whole text. */
  ids: readonly number[];
  /** Whether those are the tokens that the inspector shows of the text, and the branch's. */
  areAsShown: boolean;
  /** Of each token of the vocabulary, the natural logarithm of its probability. */
  logprobs: Float32Array;
  /** Token ids, the most probable first. */
  order: readonly number[];
  /** That reading it took, as this view saw it; undefined where it had been read before. */
  seconds: number | undefined;
}

/** Runs the model only where it has not read this text; what is known of a trace that is gone is computed anew. */
export async function readPlace(store: ViewStore, writer: Writer, end: Branch, task: number): Promise<Place> {
  const own = [...writer.text.ids, ...pathTo(end).map(({ id }) => id)];
  const placeOf = async ({ trace, ids }: ReadTo, seconds?: number): Promise<Place> => {
    const all = ids ?? own;
    const logprobs = await store.lenses.distribution({ trace, position: all.length - 1 });
    const areAsShown = writer.readsAsShown && ids === undefined;
    return { writer, end, trace, ids: all, areAsShown, logprobs, order: byProbability(logprobs), seconds };
  };
  const known = end.parent ? end.reads.get(writer.name) : { trace: writer.text.trace, ids: undefined };
  if (known) {
    const place = await placeOf(known).catch((error: unknown) => {
      if (!store.isLive) throw error;
    });
    if (place) return place;
  }
  const started = performance.now();
  const read = await readOn(store, writer, end, own, task);
  const seconds = (performance.now() - started) / 1000;
  end.reads.set(writer.name, read);
  return placeOf(read, seconds);
}

/** Has the model read the text and the branch: token by token where it knows all tokens, else as the characters that they are. */
async function readOn(
  { host, subject }: ViewStore,
  writer: Writer,
  end: Branch,
  own: number[],
  task: number,
): Promise<ReadTo> {
  const path = pathTo(end);
  if (path.every(({ vocabulary }) => vocabulary === writer.vocabulary)) {
    const { trace } = await host.forwardTokens({ task, ids: own, ...readingOf(writer) });
    return { trace, ids: undefined };
  }
  if (!isText(path)) {
    throw new Error(
      t(
        'What stands here is no text that a model of another vocabulary could read. Go on with the model that wrote it.',
      ),
    );
  }
  const text = (subject?.text ?? '') + textsOf(path).join('');
  const { trace, ids } = await host.forward({ task, text, ...readingOf(writer) });
  return { trace, ids: [...ids] };
}

/** Whether tokens are whole characters, and none of them control tokens. */
function isText(path: readonly Branch[]): boolean {
  return path.every(({ isControl }) => !isControl) && !textsOf(path).at(-1)?.endsWith('\ufffd');
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
