import { sentence } from '../../shared/errors';
import { BATCH } from '../batch';
import { MOST_TOKENS } from '../vocabularies/token-types';
import { JsonField } from './json-field';
import type { ListedTokens } from './tokens';

/** An entry of `added_tokens`: a token that is looked for in the text itself. */
export interface ListedAdded {
  id: number;
  content: string;
  /** Not inside a word. */
  singleWord: boolean;
  /** With the white space before it. */
  lstrip: boolean;
  /** With the white space after it. */
  rstrip: boolean;
  /** Looked for after the normaliser, which its content goes through too; else in the text as it stands. */
  normalized: boolean;
  special: boolean;
}

/**
 * The added tokens of tokenizer.json, and those of tokenizer_config.json's `added_tokens_decoder`, whose flags win
 * (transformers, TokenizersBackend), read with a pause at every yield. One that the model lists too has the model's id (tokenizers,
 * AddedVocabulary).
 */
export function* readAdded(
  tokenizer: JsonField,
  config: JsonField,
  tokens: ListedTokens,
): Generator<undefined, ListedAdded[]> {
  const byContent = new Map<string, ListedAdded>();
  for (const [i, field] of tokenizer.get('added_tokens').items().entries()) {
    put(byContent, tokens, field, field.get('id'));
    if (i % BATCH === 0) yield;
  }
  const decoder = config.isAbsent ? config : config.get('added_tokens_decoder');
  for (const [i, id] of Object.keys(decoder.isAbsent ? {} : decoder.object()).entries()) {
    put(byContent, tokens, decoder.get(id), new JsonField(Number(id), `${decoder.path}.${id}`));
    if (i % BATCH === 0) yield;
  }
  return [...byContent.values()];
}

function put(byContent: Map<string, ListedAdded>, tokens: ListedTokens, field: JsonField, place: JsonField): void {
  const content = field.get('content').text();
  if (content === '') return;
  const listed = tokens.idOf(content);
  const id = listed >= 0 ? listed : (byContent.get(content)?.id ?? place.index(MOST_TOKENS));
  const other = tokens.textOf(id);
  if (listed < 0 && other !== undefined) {
    throw place.damaged(sentence`is ${String(id)}, which is the id of ${JSON.stringify(other)}`);
  }
  const special = field.get('special').boolean(false);
  byContent.set(content, {
    id,
    content,
    singleWord: field.get('single_word').boolean(false),
    lstrip: field.get('lstrip').boolean(false),
    rstrip: field.get('rstrip').boolean(false),
    normalized: field.get('normalized').boolean(!special),
    special,
  });
}
