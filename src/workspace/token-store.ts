import { join } from 'node:path';
import { ResultStore, type ResultStoreOptions } from '../background/result-store';
import type { TokenScores } from '../shared/engine-api';
import type { Sentence } from '../shared/errors';
import { WINDOW_TOKENS } from './score-tokens';

/** 8 bytes a token: 60 million tokens of a model. Where nobody says what was expected, a token has half as many. */
const MOST_BYTES = 1e9;

/** What a model thinks of the tokens of texts, on disk by text. */
export class TokenStore {
  readonly #results: ResultStore;

  private constructor(results: ResultStore) {
    this.#results = results;
  }

  /**
   * @param folder in which scores have one of their own: other results are smaller, and bounded by less
   * @param model all that decides a score but the text. Never rejects, as `ResultStore.open`.
   */
  static async open({ folder, model }: Pick<ResultStoreOptions, 'folder' | 'model'>): Promise<TokenStore> {
    // Where windows are cut decides the numbers too.
    const key = JSON.stringify({ model, window: WINDOW_TOKENS });
    const results = { folder: join(folder, 'tokens'), model: key, mostBytes: MOST_BYTES };
    return new TokenStore(await ResultStore.open(results));
  }

  /** Why results are not kept. */
  get trouble(): Sentence | undefined {
    return this.#results.trouble;
  }

  /** @param tokens that the text has */
  async get(text: string, tokens: number): Promise<TokenScores | undefined> {
    const result = await this.#results.get(text);
    if (!result || (result.length !== 4 * tokens && result.length !== 8 * tokens)) return undefined;
    const { buffer } = result as { buffer: ArrayBuffer };
    const expected = result.length === 8 * tokens ? new Uint32Array(buffer, 4 * tokens, tokens) : undefined;
    return { logprob: new Float32Array(buffer, 0, tokens), expected };
  }

  /** It is on disk when the promise resolves, or never comes there. */
  set(text: string, { logprob, expected }: TokenScores): Promise<void> {
    const result = new Uint8Array((expected ? 8 : 4) * logprob.length);
    result.set(bytesOf(logprob));
    if (expected) result.set(bytesOf(expected), 4 * logprob.length);
    return this.#results.set(text, result);
  }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array | Uint32Array) =>
  new Uint8Array(buffer, byteOffset, byteLength);
