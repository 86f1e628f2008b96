import * as v from 'valibot';
import { sentence, VitrineError } from '../shared/errors';
import type { Tokenizer } from '../tokenizer';
import { askServer } from './ask-server';
import type { ModelServer } from './model-server';

/** What every kind of rule of a tokenizer treats in a way of its own. */
const SAMPLE = 'It’s 2026-11-28: naïve café, 東京 and 🎉!\n\tif (x1 >= 327) { return  "ñandú"; }';

const tokensSchema = v.object({ tokens: v.array(v.number()) });

/**
 * Makes sure that a server's model has the vocabulary by which texts are read here, where the server makes tokens of a text
 * when it is asked to: others are held to what they say of a sentence.
 *
 * @throws VitrineError `server.vocabulary`
 */
export async function checkVocabulary(
  server: ModelServer,
  model: string,
  tokenizer: Tokenizer,
  signal: AbortSignal,
): Promise<void> {
  const ids = await tokenized(server, { model, prompt: SAMPLE, add_special_tokens: false }, signal);
  const own = tokenizer.encode(SAMPLE).ids;
  if (!ids || (ids.length === own.length && ids.every((id, i) => id === own[i]))) return;
  throw new VitrineError(
    'server.vocabulary',
    sentence`${server.host} makes other tokens of a text than ${tokenizer.name}. Give the files of the tokenizer that its model has.`,
  );
}

/** Undefined where the server makes none. */
async function tokenized(server: ModelServer, body: object, signal: AbortSignal): Promise<number[] | undefined> {
  try {
    const { success, output } = v.safeParse(tokensSchema, await askServer(server, { path: '/tokenize', body, signal }));
    return success ? output.tokens : undefined;
  } catch (error) {
    if (error instanceof VitrineError && ['server.refused', 'server.nonsense'].includes(error.code)) return undefined;
    throw error;
  }
}
