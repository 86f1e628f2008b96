import * as v from 'valibot';
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

export const topLogprobs = v.record(v.string(), v.number());

/** The most probable first: none where they go by their texts. */
export function alternativesIn(top: v.InferOutput<typeof topLogprobs> | null | undefined, topK: number): Alternative[] {
  const found = Object.entries(top ?? {}).flatMap(([token, logprob]) => {
    const id = idIn(token);
    return id === undefined ? [] : [{ id, logprob }];
  });
  // The token that was drawn is among them, also where it is none of the most probable.
  return byProbability(found).slice(0, topK);
}
