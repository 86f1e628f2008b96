import * as v from 'valibot';
import type { Continuation } from '../shared/engine-api';
import type { Sampling } from '../shared/request-fields';
import { askServer } from './ask-server';
import type { ModelServer } from './model-server';
import { idIn } from './protocols/token-ids';
import { nonsense } from './refusals';
import type { ServedTokenizer } from './served-tokenizer';

/** What a text is to be gone on with: ids where the server has been tried with them, else the text. */
export interface ContinuationRequest {
  model: string;
  prompt: Uint32Array | string;
  /** Tokens at most. */
  count: number;
  sampling: Sampling;
  signal: AbortSignal;
}

const answerSchema = v.object({
  choices: v.tuple([
    v.object({
      text: v.string(),
      logprobs: v.nullish(
        v.object({
          tokens: v.nullish(v.array(v.string())),
          token_logprobs: v.nullish(v.array(v.nullable(v.number()))),
        }),
      ),
    }),
  ]),
});

/** Bytes of an answer, for each token that may be written. */
const BYTES_A_TOKEN = 2000;
const OTHER_BYTES = 1e6;

/**
 * How a model goes on with a text, by OpenAI's completions, which every kind of server has. Only some name the tokens that they
 * have written: of the others there is the text alone.
 *
 * @throws VitrineError of `server.*`, or `task.cancelled`
 */
export async function continueText(
  server: ModelServer,
  tokenizer: ServedTokenizer,
  { model, prompt, count, sampling, signal }: ContinuationRequest,
): Promise<Continuation> {
  const { temperature, topK, topP = 1, minP = 0, seed } = sampling;
  const body = {
    model,
    prompt: typeof prompt === 'string' ? prompt : Array.from(prompt),
    max_tokens: count,
    temperature,
    top_p: topP,
    top_k: topK ?? -1,
    min_p: minP,
    seed,
    repetition_penalty: 1,
    logprobs: 1,
    return_tokens_as_token_ids: true,
  };
  const mostBytes = OTHER_BYTES + count * BYTES_A_TOKEN;
  const answer = await askServer(server, { path: '/v1/completions', body, signal, mostBytes });
  const { success, output } = v.safeParse(answerSchema, answer);
  if (!success) throw nonsense(server);
  const [{ text, logprobs }] = output.choices;
  const named = (logprobs?.tokens ?? []).map((token, i) => ({
    id: idIn(token),
    logprob: logprobs?.token_logprobs?.[i],
  }));
  const known = named.flatMap(({ id, logprob }) => (id === undefined || logprob == null ? [] : [{ id, logprob }]));
  if (known.length < named.length) return { text, tokens: [] };
  const described = await tokenizer.describe(
    known.map(({ id }) => id),
    signal,
  );
  return { text, tokens: known.map((token, i) => ({ ...token, text: described[i]?.text ?? '' })) };
}
