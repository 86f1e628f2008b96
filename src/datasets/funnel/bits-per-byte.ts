import type { ResultStore } from '../../background/result-store';
import { sentence } from '../../shared/errors';
import type { Tokenization } from '../../shared/tokens';
import type { ModelFilter } from '../filters/filter';

/** Of a document as many tokens are read: some thousand characters tell the kind of a text, and the rest costs time. */
export const READ_TOKENS = 256;

/** Enough characters for so many tokens of any text that has words. */
const BEGINNING_UNITS = 4096;

/** A model that reads texts, wherever it runs. */
export interface TextModel {
  /** All that decides its numbers but the text: its checksum, and what is changed in it. */
  key: string;
  /** In tokens. */
  contextLength: number;
  /** How many texts it reads at once, where it runs on a server; undefined of one that this machine runs. */
  parallel?: number | undefined;
  /** The tokens that it wants before every text. */
  begin: readonly number[];
  /** Cuts a text into tokens; the model does not run. */
  encode(text: string): Pick<Tokenization, 'ids' | 'byteStarts' | 'byteEnds'>;
  /** ln p of each token, NaN for the first. */
  score(ids: Uint32Array, signal: AbortSignal): Promise<ArrayLike<number>>;
}

const slider = { minimum: 0, maximum: 6, step: 0.05 };

/** How well the model in use foresees a document; both what it knows by heart and what is no language to it can go. */
export const bitsPerByteFilter: ModelFilter = {
  kind: 'model',
  name: 'bitsPerByte',
  title: sentence`Bits per byte of the model`,
  why: sentence`How many bits the model in use needs for a byte of a document’s first ${READ_TOKENS} tokens, −log₂ of their probabilities. Text of the kind that it was trained on takes about one. The thresholds are Vitrine’s own: look at what they remove.`,
  measures: [
    {
      name: 'bits_per_byte_low',
      removes: 'below',
      threshold: 0.3,
      slider,
      draw: 'bits',
      title: sentence`Bits per byte, where a text is too easy`,
      why: sentence`What a model foresees nearly without fail it knows by heart or it repeats itself: licences, templates, numbers in order. There is little left to learn from it.`,
    },
    {
      name: 'bits_per_byte_high',
      removes: 'above',
      threshold: 2.5,
      slider,
      draw: 'bits',
      title: sentence`Bits per byte, where a text is too hard`,
      why: sentence`What no part of it helps to foresee is noise: encoded data, broken extractions, random words. Texts in languages that the model hardly knows are hard too, and no noise.`,
    },
  ],
};

/**
 * The mean surprisal of the beginning of a text, in bits a byte of its UTF-8. The first token counts only where the model has
 * one before every text. NaN where nothing is predicted.
 */
export async function bitsPerByte(
  text: string,
  model: TextModel,
  store: ResultStore,
  signal: AbortSignal,
): Promise<number> {
  const beginning = text.slice(0, BEGINNING_UNITS).toWellFormed();
  const known = await store.get(beginning);
  if (known) return new Float64Array(known.slice().buffer)[0] as number;
  const bits = await measure(beginning, model, signal);
  void store.set(beginning, new Uint8Array(Float64Array.of(bits).buffer));
  return bits;
}

async function measure(text: string, model: TextModel, signal: AbortSignal): Promise<number> {
  const { begin, contextLength } = model;
  const tokens = model.encode(text);
  const read = Math.min(tokens.ids.length, READ_TOKENS, contextLength - begin.length);
  const first = begin.length > 0 ? 0 : 1;
  if (read <= first) return Number.NaN;
  const logprobs = await model.score(Uint32Array.of(...begin, ...tokens.ids.subarray(0, read)), signal);
  let sum = 0;
  // Characters that its vocabulary lacks are no tokens, and their bytes are not counted.
  let bytes = 0;
  for (let token = first; token < read; token++) {
    sum += logprobs[begin.length + token] as number;
    bytes += (tokens.byteEnds[token] as number) - (tokens.byteStarts[token] as number);
  }
  return -sum / Math.LN2 / bytes;
}
