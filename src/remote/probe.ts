import { type Sentence, sentence, VitrineError } from '../shared/errors';
import { type AskedScores, askScores, type Served } from './ask-scores';
import type { ServedAnswer } from './read-answer';
import { type ServedText, servedText } from './served-tokenizer';

/** What every model that has read anything knows to go on with; it stands there twice for those that know it less well. */
const KNOWN_TEXT = 'Once upon a time, there was a king. Once upon a time, there was a king';
/** The same but for its last word, which nobody expects there. */
const PLANTED_TEXT = 'Once upon a time, there was a king. Once upon a time, there was a piano';

/** Between two readings of the same tokens, in nats: a vLLM's in bfloat16 and in float32 differ by up to 0.14 at these. */
const SAME = 0.25;
/** So probable, as a logarithm, is the word that stands there for the second time at the least: some models' logits are not. */
const EXPECTED = -3;
/** By so much less probable the planted word is at the least, in nats. */
const PLANTED = 2;
/** So improbable, in nats, tokens are at the most on average: tokens of another vocabulary come to eleven. */
const MEANINGFUL = 7;

/** How many alternatives are asked for, until the server grants so many. */
const TRIED_ALTERNATIVES = [20, 10, 5, 1, 0];

/** What a server has shown. */
export interface Proof {
  /** At each position at least. */
  alternatives: number;
  /** Of the known text's tokens behind the first: by them it shows whether another model answers later. */
  logprobs: readonly number[];
}

/**
 * Tries a server with a text of which the answer is known well enough, and with another that only ends otherwise: with every
 * connection, before any number of it is shown. What `checkScores` holds every answer to holds here too.
 *
 * @throws VitrineError `server.outputOnly`, `server.processed`, `server.shifted`, `server.vocabulary`, or another of `server.*`
 */
export async function probe(served: Served, signal: AbortSignal): Promise<Proof> {
  const { host } = served.server;
  const fail = (code: string, text: Sentence): never => {
    throw new VitrineError(`server.${code}`, text);
  };
  const known = await servedText(served.tokenizer, KNOWN_TEXT, signal);
  const planted = await servedText(served.tokenizer, PLANTED_TEXT, signal);
  const answer = await askKnown(served, known, signal);
  const { topK } = answer.predictions;
  const logprobs = logprobsOf(answer);
  const cold = logprobsOf(await askScores(served, { ...known, topK, temperature: 0.5, signal }));
  if (!isSameModel(logprobs, cold)) {
    fail(
      'processed',
      sentence`${host} gives other probabilities where it is to draw tokens at another temperature, so they are not the model’s own. Start it so that it gives raw ones (vLLM: --logprobs-mode raw_logprobs).`,
    );
  }
  const other = logprobsOf(await askScores(served, { ...planted, topK, signal }));
  // Of the first token nothing is said.
  const place = firstDifference(known.ids, planted.ids) - 1;
  const [expected, unexpected] = [logprobs[place] as number, other[place] as number];
  const isTold = expected > EXPECTED && expected - unexpected > PLANTED;
  if (!isSameModel(logprobs.slice(0, place), other.slice(0, place)) || !isTold) {
    fail(
      'shifted',
      sentence`${host} does not tell a word that is expected from one that nobody expects there: its numbers stand at the wrong tokens, or mean something else. Choose another server.`,
    );
  }
  // The first sentence: of one that it repeats a model knows what follows whatever its tokens mean.
  if (-mean(logprobs.slice(0, Math.floor(place / 2))) > MEANINGFUL) {
    fail(
      'vocabulary',
      sentence`To ${host} a plain English sentence is noise, as if its tokens meant something else there. Give the files of the tokenizer that its model has: ${served.tokenizer.name} is not it.`,
    );
  }
  return { alternatives: fewestAlternatives(answer), logprobs };
}

/** By what it is known whether a model is the same: how probable it finds the tokens of the known text. */
export async function knownLogprobs(
  served: Served,
  asked: Pick<AskedScores, 'signal' | 'inBackground'>,
): Promise<number[]> {
  return logprobsOf(
    await askScores(served, { ...(await servedText(served.tokenizer, KNOWN_TEXT, asked.signal)), topK: 0, ...asked }),
  );
}

/** Whether the known text's probabilities are the same but for rounding. */
export function isSameModel(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((logprob, i) => Math.abs(logprob - (b[i] as number)) < SAME);
}

/** With as many alternatives as it grants: servers refuse a request for more. */
async function askKnown(served: Served, text: ServedText, signal: AbortSignal): Promise<ServedAnswer> {
  const tried = TRIED_ALTERNATIVES.filter((topK) => topK <= served.protocol.mostAlternatives);
  for (const topK of tried) {
    try {
      return await askScores(served, { ...text, topK, signal });
    } catch (error) {
      const mayBeTooMany = error instanceof VitrineError && error.code === 'server.refused' && topK !== tried.at(-1);
      if (!mayBeTooMany) throw error;
    }
  }
  throw new Error('the last try returns or throws');
}

/** Of the tokens behind the first. */
const logprobsOf = ({ predictions }: ServedAnswer): number[] => Array.from(predictions.logprob.subarray(1));

/** Behind each token but the last, of which some servers say nothing. */
export function fewestAlternatives({ predictions: { logprob, topLogprobsAfter, topK } }: ServedAnswer): number {
  const counts = Array.from({ length: logprob.length - 1 }, (_, position) => {
    const after = topLogprobsAfter.subarray(position * topK, (position + 1) * topK);
    return after.filter((one) => !Number.isNaN(one)).length;
  });
  return Math.min(...counts);
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

function firstDifference(a: Uint32Array, b: Uint32Array): number {
  return a.findIndex((id, i) => id !== b[i]);
}
