import * as v from 'valibot';
import { entriesOrNone, number, tokenId } from './form';
import {
  type Alternative,
  byProbability,
  type PromptScores,
  type Protocol,
  type ScoredToken,
  UNCHANGED,
} from './protocol';
import { alternativesIn } from './token-ids';

const answerSchema = v.object({
  choices: v.tuple([
    v.object({
      prompt_logprobs: v.nullish(v.array(v.unknown())),
      prompt_token_ids: v.nullish(v.array(v.number())),
      logprobs: v.nullish(v.object({ top_logprobs: v.nullish(v.array(v.unknown())) })),
    }),
  ]),
});

/** vLLM: https://docs.vllm.ai/en/stable/serving/openai_compatible_server.html#completions-api, with its own fields. */
export const vllm: Protocol = {
  name: 'vLLM',
  hasRanks: true,
  mostAlternatives: 20,
  isIncremental: false,
  takesIds: true,
  question: ({ model, ids, topK, temperature }) => ({
    path: '/v1/completions',
    body: {
      model,
      prompt: Array.from(ids),
      max_tokens: 1,
      prompt_logprobs: topK,
      logprobs: topK,
      return_token_ids: true,
      return_tokens_as_token_ids: true,
      temperature,
      n: 1,
      ...UNCHANGED,
    },
  }),
  read(answer, { ids, topK }): PromptScores | undefined {
    const [{ prompt_logprobs, prompt_token_ids, logprobs }] = v.parse(answerSchema, answer).choices;
    if (!prompt_logprobs) return undefined;
    return {
      // Of a first token it says nothing but its id.
      tokens: prompt_logprobs.map((of, i) => scoredToken(of, ids[i], prompt_token_ids?.[i], topK)),
      from: 0,
      next: alternativesIn(logprobs?.top_logprobs?.[0], topK),
    };
  },
};

/**
 * An entry holds the token that stands there and the most probable ones, by their ids, in any order.
 *
 * @param asked the token that was sent there, @param echoed the one that the server says stands there
 */
function scoredToken(entry: unknown, asked: number | undefined, echoed: number | undefined, topK: number): ScoredToken {
  if (entry === null) return { id: echoed, logprob: null, rank: undefined, top: [] };
  let logprob: number | null = null;
  let rank: number | undefined;
  const all: Alternative[] = [];
  for (const [key, said] of entriesOrNone(entry)) {
    const of = { id: tokenId(Number(key)), logprob: number((said as Said)?.logprob) };
    all.push(of);
    if (of.id !== asked) continue;
    logprob = of.logprob;
    // They count from 1.
    rank = (said as Said).rank == null ? undefined : number((said as Said).rank) - 1;
  }
  // Without the token that was sent the entry is of another one.
  const id = logprob === null ? UNKNOWN : (echoed ?? asked);
  return { id, logprob, rank, top: byProbability(all).slice(0, topK) };
}

type Said = { logprob?: unknown; rank?: unknown };

/** No token has it. */
const UNKNOWN = -1;
