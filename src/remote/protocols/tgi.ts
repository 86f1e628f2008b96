import * as v from 'valibot';
import type { PromptScores, Protocol } from './protocol';

const token = v.object({ id: v.number(), logprob: v.nullish(v.number()) });

const answerSchema = v.object({
  details: v.nullish(
    v.object({
      prefill: v.nullish(v.array(token)),
    }),
  ),
});

/**
 * Text Generation Inference: https://huggingface.co/docs/text-generation-inference. It takes texts only and makes tokens of
 * them itself, a beginning among them; that they are the same shows in the ids that it answers. Since version 3 it has to be
 * started with `--enable-prefill-logprobs`.
 */
export const tgi: Protocol = {
  name: 'Text Generation Inference',
  hasRanks: false,
  mostAlternatives: 0,
  isIncremental: false,
  takesIds: false,
  question: ({ text, temperature }) => ({
    path: '/generate',
    body: {
      inputs: text,
      // It refuses 1, which is what it does by itself.
      parameters: {
        max_new_tokens: 1,
        details: true,
        decoder_input_details: true,
        ...(temperature !== 1 && { temperature, do_sample: true }),
      },
      stream: false,
    },
  }),
  read(answer, { ids }): PromptScores | undefined {
    const { details } = v.parse(answerSchema, answer);
    const prefill = details?.prefill ?? [];
    if (prefill.length === 0 || (ids.length > 1 && prefill.every(({ logprob }) => logprob == null))) return undefined;
    return {
      tokens: prefill.map(({ id, logprob }) => ({ id, logprob: logprob ?? null, rank: undefined, top: [] })),
      from: 0,
      next: [],
    };
  },
};
