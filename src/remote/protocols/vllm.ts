import * as v from 'valibot';
import {
  type Alternative,
  byProbability,
  type PromptScores,
  type Protocol,
  type ScoredToken,
  UNCHANGED,
} from './protocol';
import { alternativesIn, topLogprobs } from './token-ids';

const entry = v.record(v.string(), v.object({ logprob: v.number(), rank: v.nullish(v.number()) }));
type Entry = v.InferOutput<typeof entry>;

const answerSchema = v.object({
  choices: v.tuple([
    v.object({
      prompt_logprobs: v.nullish(v.array(v.nullable(entry))),
      prompt_token_ids: v.nullish(v.array(v.number())),
      logprobs: v.nullish(v.object({ top_logprobs: v.nullish(v.array(v.nullable(topLogprobs))) })),
    }),
  ]),
});

/** vLLM: https://docs.vllm.ai/en/stable/serving/openai_compatible_server.html#completions-api, with its own fields. */
export const vllm: Protocol = {
  name: 'vLLM',
  hasRanks: true,
  mostAlternatives: 20,
  isIncremental: false,
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

/** An entry holds the token that stands there and the most probable ones, by their ids, in any order. */
function scoredToken(
  of: Entry | null,
  asked: number | undefined,
  echoed: number | undefined,
  topK: number,
): ScoredToken {
  if (of === null) return { id: echoed, logprob: null, rank: undefined, top: [] };
  const own = of[`${asked}`];
  const all: Alternative[] = Object.entries(of).map(([id, { logprob }]) => ({ id: Number(id), logprob }));
  return {
    id: own ? (echoed ?? asked) : -1,
    logprob: own ? own.logprob : null,
    // They count from 1.
    rank: own?.rank == null ? undefined : own.rank - 1,
    top: byProbability(all).slice(0, topK),
  };
}
