import * as v from 'valibot';
import { type Alternative, byProbability, type PromptScores, type Protocol, UNCHANGED } from './protocol';

/** Log-probability, id, and a text that is not asked for. */
const scored = v.tuple([v.nullable(v.number()), v.number(), v.nullish(v.string())]);
const alternative = v.tuple([v.number(), v.number(), v.nullish(v.string())]);
const alternatives = v.nullish(v.array(v.nullable(v.array(alternative))));

const answerSchema = v.object({
  meta_info: v.object({
    input_token_logprobs: v.nullish(v.array(scored)),
    input_top_logprobs: alternatives,
    output_top_logprobs: alternatives,
  }),
});

/** SGLang: https://docs.sglang.ai/basic_usage/native_api.html. It has one model, and reads again only what is asked for. */
export const sglang: Protocol = {
  name: 'SGLang',
  hasRanks: false,
  mostAlternatives: 20,
  isIncremental: true,
  question: ({ ids, topK, temperature, knownUpTo }) => ({
    path: '/generate',
    body: {
      input_ids: Array.from(ids),
      return_logprob: true,
      logprob_start_len: knownUpTo,
      top_logprobs_num: topK,
      return_text_in_logprobs: false,
      stream: false,
      sampling_params: { max_new_tokens: 1, temperature, ...UNCHANGED },
    },
  }),
  read(answer, { ids, knownUpTo, topK }): PromptScores | undefined {
    const { input_token_logprobs, input_top_logprobs, output_top_logprobs } = v.parse(answerSchema, answer).meta_info;
    // Without a start it says nothing of the text but how probable the first token behind it is.
    if (!input_token_logprobs) return undefined;
    if (ids.length > knownUpTo + 1 && input_token_logprobs.every(([logprob]) => logprob === null)) return undefined;
    return {
      tokens: input_token_logprobs.map(([logprob, id], i) => ({
        id,
        logprob,
        rank: undefined,
        top: topOf(input_top_logprobs?.[i], topK),
      })),
      from: knownUpTo,
      next: topOf(output_top_logprobs?.[0], topK),
    };
  },
};

function topOf(of: v.InferOutput<typeof alternative>[] | null | undefined, topK: number): Alternative[] {
  return byProbability((of ?? []).map(([logprob, id]) => ({ id, logprob }))).slice(0, topK);
}
