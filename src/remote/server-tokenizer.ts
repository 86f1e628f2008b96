import * as v from 'valibot';
import type { TokenDescription } from '../shared/engine-api';
import { VitrineError } from '../shared/errors';
import type { Tokenization } from '../shared/tokens';
import { decodeUtf8 } from '../tokenizer/unicode/utf8';
import { askServer } from './ask-server';
import type { ModelServer } from './model-server';
import { placed } from './place-tokens';
import { nonsense, noVocabulary, unplaced } from './refusals';
import { hasBegin, type ServedTokenizer } from './served-tokenizer';

/** Two tokens at least in every vocabulary. */
const SAMPLE = 'one two';

/** So many tokens are asked about at once. */
const AT_ONCE = 8;

/** Of the JSON of a text's tokens, for each of its UTF-16 units; and of anything else. */
const BYTES_A_UNIT = 60;
const OTHER_BYTES = 1e6;

const tokensSchema = v.object({ tokens: v.array(v.number()), token_strs: v.nullish(v.array(v.string())) });
const textSchema = v.object({ prompt: v.string() });

/**
 * One that asks the server, where nobody knows the vocabulary of its model (vLLM's `/tokenize` and `/detokenize`). Control
 * tokens that stand in a text are always taken as such, as the server does.
 *
 * @throws VitrineError `server.noVocabulary` where the server makes no tokens, `server.places` where it does not tell where they stand, or another of `server.*`
 */
export async function serverTokenizer(
  server: ModelServer,
  model: string,
  signal: AbortSignal,
): Promise<ServedTokenizer> {
  const tokenizer = new ServerTokenizer(server, model);
  await tokenizer.begins(signal);
  return tokenizer;
}

class ServerTokenizer implements ServedTokenizer {
  readonly name: string;
  readonly size = undefined;
  begin: readonly number[] = [];
  readonly #server: ModelServer;
  /** Of tokens that have stood in a text, or that were asked about. */
  readonly #known = new Map<number, Pick<TokenDescription, 'text' | 'bytes'>>();
  /** A token, and its text: others are asked about behind it, because some vocabularies leave out a space at the beginning. */
  #first: { id: number; text: string } | undefined;

  constructor(server: ModelServer, name: string) {
    this.#server = server;
    this.name = name;
  }

  /** Finds out what is put before every text. */
  async begins(signal: AbortSignal): Promise<void> {
    const [plain, whole] = await Promise.all([
      this.#tokens(SAMPLE, false, signal),
      this.#tokens(SAMPLE, true, signal),
    ]).catch((error: unknown) => {
      const hasNone = error instanceof VitrineError && ['server.refused', 'server.nonsense'].includes(error.code);
      throw hasNone ? noVocabulary(this.#server, this.name) : error;
    });
    const before = whole.tokens.findIndex((_, at) => plain.tokens.every((id, i) => whole.tokens[at + i] === id));
    const [id] = plain.tokens;
    if (before < 0 || id === undefined) throw unplaced(this.#server);
    this.begin = whole.tokens.slice(0, before);
    await this.encode(SAMPLE, { signal });
    this.#first = { id, text: await this.#textOf([id], signal) };
  }

  async encode(text: string, { signal }: { signal: AbortSignal }): Promise<Tokenization> {
    const { tokens, token_strs } = await this.#tokens(text, false, signal);
    const found = token_strs?.length === tokens.length && placed(text, Uint32Array.from(tokens), token_strs);
    if (!found) throw unplaced(this.#server);
    this.#learn(text, found);
    return found;
  }

  decode(ids: Uint32Array, signal: AbortSignal): Promise<string> {
    return this.#textOf(Array.from(hasBegin(this.begin, ids) ? ids.subarray(this.begin.length) : ids), signal);
  }

  async describe(ids: readonly number[], signal: AbortSignal): Promise<TokenDescription[]> {
    const unknown = [...new Set(ids)].filter((id) => !this.#known.has(id));
    for (let from = 0; from < unknown.length; from += AT_ONCE) {
      await Promise.all(unknown.slice(from, from + AT_ONCE).map((id) => this.#ask(id, signal)));
    }
    return ids.map((id) => ({
      ...(this.#known.get(id) ?? { text: '', bytes: '' }),
      control: this.begin.includes(id),
      ends: false,
    }));
  }

  /** The first token of a text may have lost a space. */
  #learn(text: string, { ids, byteStarts, byteEnds }: Tokenization): void {
    const bytes = new TextEncoder().encode(text);
    for (const [i, id] of ids.entries()) {
      const own = bytes.subarray(byteStarts[i], byteEnds[i]);
      if (i > 0) this.#known.set(id, { text: decodeUtf8(own), bytes: Buffer.from(own).toString('hex') });
    }
  }

  async #ask(id: number, signal: AbortSignal): Promise<void> {
    const { id: first, text } = this.#first ?? { id: 0, text: '' };
    const both = await this.#textOf([first, id], signal);
    const own = both.startsWith(text) ? both.slice(text.length) : both;
    // A part of a character has bytes that the server does not tell.
    this.#known.set(id, { text: own, bytes: own.includes('\ufffd') ? '' : Buffer.from(own).toString('hex') });
  }

  async #tokens(text: string, isWhole: boolean, signal: AbortSignal) {
    const body = { model: this.name, prompt: text, add_special_tokens: isWhole, return_token_strs: true };
    return this.#asked('/tokenize', body, tokensSchema, OTHER_BYTES + text.length * BYTES_A_UNIT, signal);
  }

  async #textOf(tokens: number[], signal: AbortSignal): Promise<string> {
    const body = { model: this.name, tokens };
    return (await this.#asked('/detokenize', body, textSchema, OTHER_BYTES + tokens.length * 1000, signal)).prompt;
  }

  async #asked<S extends v.GenericSchema>(
    path: string,
    body: object,
    schema: S,
    mostBytes: number,
    signal: AbortSignal,
  ): Promise<v.InferOutput<S>> {
    const { success, output } = v.safeParse(schema, await askServer(this.#server, { path, body, mostBytes, signal }));
    if (success) return output;
    throw nonsense(this.#server);
  }
}
