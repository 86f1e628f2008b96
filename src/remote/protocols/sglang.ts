import * as v from 'valibot';
import { arrayOrNone, number, tokenId } from './form';
import { type Alternative, byProbability, type PromptScores, type Protocol, UNCHANGED } from './protocol';

const answerSchema = v.object({
  meta_info: v.object({
    input_token_logprobs: v.nullish(v.array(v.unknown())),
    input_top_logprobs: v.nullish(v.array(v.unknown())),
    output_top_logprobs: v.nullish(v.array(v.unknown())),
  }),
});

/** SGLang: https://docs.sglang.ai/basic_usage/native_api.html. It has one model, and reads again only what is asked for. */
export const sglang: Protocol = {
  name: 'SGLang',
  hasRanks: false,
  mostAlternatives: 20,
  isIncremental: true,
  takesIds: true,
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
    if (!input_token_logprobs) return undefined;
    const tokens = input_token_logprobs.map((said, i) => {
      const [logprob, id] = arrayOrNone(said);
      const top = topOf(input_top_logprobs?.[i], topK);
      return { id: tokenId(id), logprob: logprob === null ? null : number(logprob), rank: undefined, top };
    });
    // Without a start it says nothing of the text but how probable the first token behind it is.
    if (ids.length > knownUpTo + 1 && tokens.every(({ logprob }) => logprob === null)) return undefined;
    return { tokens, from: knownUpTo, next: topOf(output_top_logprobs?.[0], topK) };
  },
};

/** Of each its log-probability, its id, and a text that is not asked for. */
function topOf(said: unknown, topK: number): Alternative[] {
  const all = arrayOrNone(said).map((one) => {
    const [logprob, id] = arrayOrNone(one);
    return { id: tokenId(id), logprob: number(logprob) };
  });
  return byProbability(all).slice(0, topK);
}
