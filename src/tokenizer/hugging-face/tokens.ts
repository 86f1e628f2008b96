import { sentence, VitrineError } from '../../shared/errors';
import { BATCH } from '../batch';
import { MOST_TOKENS } from '../vocabularies/token-types';
import { isIndex, type JsonField } from './json-field';

/** The tokens that the model of a tokenizer.json lists, by text and by id. */
export class ListedTokens {
  private readonly ids = new Map<string, number>();
  /** By id. */
  private readonly texts: string[] = [];

  get size(): number {
    return this.ids.size;
  }

  /** @throws VitrineError where there are too many, or where an id is taken */
  add(text: string, id: number, place: () => JsonField): void {
    const other = this.texts[id];
    if (other !== undefined)
      throw place().damaged(sentence`is ${String(id)}, which is the id of ${JSON.stringify(other)}`);
    if (this.size === MOST_TOKENS) throw tooManyTokens();
    this.ids.set(text, id);
    this.texts[id] = text;
  }

  /** The id of a text, -1 where it is no token. */
  idOf(text: string): number {
    return this.ids.get(text) ?? -1;
  }

  textOf(id: number): string | undefined {
    return this.texts[id];
  }

  entries(): IterableIterator<[string, number]> {
    return this.ids.entries();
  }
}

/** The tokens of a BPE model, `{ text: id }`, read with a pause at every yield. */
export function* readTokens(vocab: JsonField): Generator<undefined, ListedTokens> {
  const tokens = new ListedTokens();
  const ids = vocab.object();
  for (const text in ids) {
    const id = ids[text];
    // To make a field of each would take as long as the rest.
    const place = () => vocab.get(text);
    tokens.add(text, isIndex(id, MOST_TOKENS) ? id : place().index(MOST_TOKENS), place);
    if (tokens.size % BATCH === 0) yield;
  }
  if (tokens.size === 0) throw vocab.damaged(sentence`is empty`);
  return tokens;
}

export function tooManyTokens(): VitrineError {
  return new VitrineError(
    'tokenizer.size',
    sentence`The vocabulary has more than ${MOST_TOKENS} tokens, which cannot be used. Choose another model.`,
  );
}
