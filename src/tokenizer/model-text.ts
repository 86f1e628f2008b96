import type { TraceInfo } from '../shared/engine-api';
import { sentence, VitrineError } from '../shared/errors';
import type { Progress } from '../shared/progress';
import type { Tokenization } from '../shared/tokens';
import type { Tokenizer } from './tokenizer';

/** What a model reads, as people know it. */
export interface ReadingModel {
  name: string;
  /** Context length, in tokens. */
  contextLength: number;
  /** How many tokens it knows. */
  vocabSize: number;
}

/** A text as the model is to read it. */
export type ModelText = Omit<Tokenization, 'dropped'> & Pick<TraceInfo, 'dropped' | 'cut'>;

/**
 * The tokens of a text, after those that some models want before every text and that it may begin with already, as chats do
 * whose template writes them. What a template would put after the text,
 * an end token, is left out: the model is asked how the text goes on, not what comes after its end.
 *
 * @throws VitrineError `text.empty`, `text.unseen`, `text.token`, or `text.long` where it does not fit the context and `truncate` does not say to take its end.
 */
export function tokenizeForModel(
  tokenizer: Tokenizer,
  model: ReadingModel,
  text: string,
  asked: Truncation & { special: boolean },
): ModelText {
  return tokensForModel(tokenizer, model, tokenizer.encode(text, asked), { ...asked, text });
}

export interface Truncation {
  truncate: boolean;
  truncateStep: number;
}

/** The same of the tokens of a whole text, whoever has made them. */
export function tokensForModel(
  tokenizer: Pick<Tokenizer, 'begin'>,
  model: ReadingModel,
  encoded: Tokenization,
  { text, truncate, truncateStep }: Truncation & { text: string },
): ModelText {
  const begin = beginFor(encoded.ids, tokenizer, model);
  const room = model.contextLength - begin.length;
  const count = encoded.ids.length;
  if (count === 0 && text !== '') {
    throw new VitrineError(
      'text.unseen',
      sentence`${model.name} sees nothing of this text: its vocabulary has no token for any character of it. Give it another text.`,
    );
  }
  checkCount(model, count, truncate ? count : room);
  checkKnown(model, encoded.ids);
  const cut = Math.ceil(Math.max(0, count - room) / truncateStep) * truncateStep;
  const part = (values: Uint32Array, beginValue: number) =>
    Uint32Array.from([...begin.map(() => beginValue), ...values.subarray(cut)]);
  const start = encoded.starts[cut] ?? 0;
  const byteStart = encoded.byteStarts[cut] ?? 0;
  return {
    ids: Uint32Array.from([...begin, ...encoded.ids.subarray(cut)]),
    starts: part(encoded.starts, start),
    ends: part(encoded.ends, start),
    byteStarts: part(encoded.byteStarts, byteStart),
    byteEnds: part(encoded.byteEnds, byteStart),
    dropped: encoded.dropped,
    cut,
  };
}

/** What is put before a text: nothing where it has it, unless that is cut off. */
function beginFor(
  ids: Uint32Array,
  { begin }: Pick<Tokenizer, 'begin'>,
  { contextLength }: ReadingModel,
): readonly number[] {
  const hasOwn = ids.length <= contextLength && ids.length > begin.length && begin.every((id, i) => ids[i] === id);
  return hasOwn ? [] : begin;
}

/**
 * Token ids as the model is to read them, as they are.
 *
 * @param tokenizer undefined where nobody here knows the vocabulary
 * @throws VitrineError as `tokenizeForModel`, and `tokenizer.id`
 */
export function checkTokenIds(
  tokenizer: Pick<Tokenizer, 'tokenBytes'> | undefined,
  model: ReadingModel,
  ids: number[],
): Uint32Array {
  checkCount(model, ids.length, model.contextLength);
  for (const id of ids) tokenizer?.tokenBytes(id);
  checkKnown(model, ids);
  return Uint32Array.from(ids);
}

/** How far a text is read, by its own tokens: those that the model wants before every text are none of them. */
export function ownTokens(progress: Progress, ids: Uint32Array, { begin }: Pick<Tokenizer, 'begin'>): Progress {
  const before = begin.length < ids.length && begin.every((id, i) => ids[i] === id) ? begin.length : 0;
  return (done, total) => progress(Math.max(0, done - before), total - before);
}

/** A vocabulary may have more tokens than the model, which has no row of its embedding for them: images have one. */
function checkKnown({ name, vocabSize }: ReadingModel, ids: ArrayLike<number>): void {
  const unknown = Array.prototype.find.call(ids, (id: number) => id >= vocabSize);
  if (unknown === undefined) return;
  throw new VitrineError(
    'text.token',
    sentence`${name} was made with ${vocabSize} tokens, and token ${unknown} is none of them. Take it out of the text.`,
  );
}

function checkCount({ name }: ReadingModel, count: number, room: number): void {
  if (count === 0)
    throw new VitrineError(
      'text.empty',
      sentence`There is no text for the model to read. Give it at least one character.`,
    );
  if (count > room) {
    throw new VitrineError(
      'text.long',
      sentence`The text has ${count} tokens, and the context of ${name} has room for ${room}. Take a part of it, or as much of its end as fits (--truncate on the command line).`,
    );
  }
}
