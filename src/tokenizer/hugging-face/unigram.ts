import { sentence } from '../../shared/errors';
import { BATCH } from '../batch';
import type { TokenTable } from '../bpe/token-table';
import type { Model } from '../model';
import { Trie } from '../unigram/trie';
import { UnigramModel } from '../unigram/unigram-model';
import { TokenTableBuilder } from '../vocabularies/token-table-builder';
import { MOST_TOKENS } from '../vocabularies/token-types';
import type { ListedAdded } from './added';
import { byteTokensOf } from './bpe';
import type { JsonField } from './json-field';
import type { Rules } from './rules';
import { ListedTokens, tooManyTokens } from './tokens';

/** The tokens of a Unigram model, `[text, score]` each, read with a pause at every yield. */
export function* readScoredTokens(vocab: JsonField): Generator<undefined, ListedTokens> {
  const tokens = new ListedTokens();
  const count = vocab.array().length;
  if (count === 0) throw vocab.damaged(sentence`is empty`);
  if (count > MOST_TOKENS) throw tooManyTokens();
  for (let id = 0; id < count; id++) {
    tokens.add(vocab.at(id).at(0).text(), id, () => vocab.at(id));
    if (id % BATCH === 0) yield;
  }
  return tokens;
}

/** A model of the type Unigram. */
export function* readUnigram(
  model: JsonField,
  tokens: ListedTokens,
  added: readonly ListedAdded[],
  { marksSpaces, readsMarks, isByteLevel }: Rules,
): Generator<undefined, { table: TokenTable; model: Model; cut: undefined }> {
  // No such vocabulary is known, and its tokens would have to be told apart from their bytes.
  if (isByteLevel) throw model.get('type').unknown();
  const vocab = model.get('vocab');
  const texts: string[] = [];
  const scores = new Float64Array(vocab.array().length);
  const builder = new TokenTableBuilder();
  for (let id = 0; id < scores.length; id++) {
    const text = vocab.at(id).at(0).text();
    texts.push(text);
    scores[id] = vocab.at(id).at(1).number();
    builder.addText(id, text, true);
    if (id % BATCH === 0) yield;
  }
  for (const { id, content } of added) if (tokens.idOf(content) < 0) builder.addText(id, content, false);
  const table = yield* builder.build();
  const unknown = model.get('unk_id');
  const options = {
    scores,
    lowest: scores.reduce((lowest, score) => Math.min(lowest, score), Number.POSITIVE_INFINITY),
    unknown: unknown.isAbsent ? -1 : unknown.index(Math.min(scores.length, MOST_TOKENS)),
    bytes: model.get('byte_fallback').boolean(false) ? byteTokensOf(tokens) : undefined,
    marksSpaces,
    readsMarks,
  };
  return { table, model: new UnigramModel(table, yield* Trie.of(texts), options), cut: undefined };
}
