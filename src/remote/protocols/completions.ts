import * as v from 'valibot';
import { type PromptScores, type Protocol, UNCHANGED_BY_OPENAI } from './protocol';
import { alternativesIn, idIn } from './token-ids';

const answerSchema = v.object({
  choices: v.tuple([
    v.object({
      logprobs: v.nullish(
        v.object({
          tokens: v.nullish(v.array(v.string())),
          token_logprobs: v.nullish(v.array(v.nullable(v.number()))),
          top_logprobs: v.nullish(v.array(v.unknown())),
        }),
      ),
    }),
  ]),
});

/**
 * OpenAI's completions with `echo`, as some servers still have them: what is said of the text, and behind it of the one token
 * that was drawn. Alternatives go by their texts, which name no token for certain, but where they come as ids.
 */
export const completions: Protocol = {
  name: 'OpenAI’s completions',
  hasRanks: false,
  mostAlternatives: 5,
  isIncremental: false,
  takesIds: true,
  question: ({ model, ids, topK, temperature }) => ({
    path: '/v1/completions',
    body: {
      model,
      prompt: Array.from(ids),
      max_tokens: 1,
      echo: true,
      logprobs: Math.max(1, topK),
      return_tokens_as_token_ids: true,
      temperature,
      n: 1,
      ...UNCHANGED_BY_OPENAI,
    },
  }),
  read(answer, { ids, topK }): PromptScores | undefined {
    const [{ logprobs }] = v.parse(answerSchema, answer).choices;
    const { tokens, token_logprobs, top_logprobs } = logprobs ?? {};
    // Where `echo` is not heeded there is only the token that was drawn.
    if (!tokens || !token_logprobs || (token_logprobs.length <= 1 && ids.length > 1)) return undefined;
    const hasDrawn = token_logprobs.length === ids.length + 1;
    const said = hasDrawn ? ids.length : token_logprobs.length;
    return {
      tokens: token_logprobs.slice(0, said).map((logprob, i) => ({
        id: idIn(tokens[i] ?? ''),
        logprob,
        rank: undefined,
        top: i === 0 ? [] : alternativesIn(top_logprobs?.[i], topK),
      })),
      from: 0,
      next: hasDrawn ? alternativesIn(top_logprobs?.[said], topK) : [],
    };
  },
};
