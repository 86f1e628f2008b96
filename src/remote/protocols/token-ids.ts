import { entriesOrNone, number, tokenId } from './form';
import { type Alternative, byProbability } from './protocol';

/*
 * The log-probabilities of OpenAI's completions go by the texts of tokens, of which two may be the same. vLLM writes
 * `token_id:123` in their place where it is asked for by `return_tokens_as_token_ids`.
 */

/** Undefined of a text. */
export function idIn(token: string): number | undefined {
  const digits = /^token_id:(\d+)$/.exec(token)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The most probable first: none where they go by their texts. @throws UnknownForm */
export function alternativesIn(top: unknown, topK: number): Alternative[] {
  const found: Alternative[] = [];
  for (const [token, logprob] of entriesOrNone(top)) {
    const id = idIn(token);
    if (id !== undefined) found.push({ id: tokenId(id), logprob: number(logprob) });
  }
  // The token that was drawn is among them, also where it is none of the most probable.
  return byProbability(found).slice(0, topK);
}
