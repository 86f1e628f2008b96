import type { Tokenizer } from '../../src/tokenizer';
import type { Alternative, ModelNumbers } from './model-numbers';

/*
 * The answers of servers, in the shapes that they have, filled with a model's numbers.
 */

export function vllmAnswer(
  { ids, logprob, rank, top, next }: ModelNumbers,
  { model, prompt_logprobs: k, logprobs }: { model: string; prompt_logprobs: number; logprobs: number },
  tokenizer: Tokenizer,
) {
  const text = (id: number) => tokenizer.tokenText(id);
  return {
    ...head(model, 'cmpl', ids.length),
    choices: [
      {
        index: 0,
        text: text(next[0]?.[1] ?? 0),
        logprobs: {
          text_offset: [0],
          token_logprobs: [next[0]?.[0]],
          tokens: [`token_id:${next[0]?.[1]}`],
          top_logprobs: [byTokenId(next.slice(0, logprobs))],
        },
        finish_reason: 'length',
        stop_reason: null,
        token_ids: [next[0]?.[1]],
        prompt_logprobs: ids.map((id, i) => {
          if (i === 0) return null;
          const others = (top[i] ?? []).slice(0, k).map(([lp, other], r) => [other, lp, r + 1] as const);
          const all = [[id, logprob[i], (rank[i] ?? 0) + 1] as const, ...others.filter(([other]) => other !== id)];
          return Object.fromEntries(all.map(([of, lp, r]) => [of, { logprob: lp, rank: r, decoded_token: text(of) }]));
        }),
        prompt_token_ids: ids,
      },
    ],
  };
}

export function sglangAnswer(
  { ids, logprob, top, next }: ModelNumbers,
  { logprob_start_len: from, top_logprobs_num: k }: { logprob_start_len: number; top_logprobs_num: number },
) {
  const triple = ([lp, id]: Alternative) => [lp, id, null];
  const first = next[0] as Alternative;
  return {
    text: '',
    output_ids: [first[1]],
    meta_info: {
      id: 'b2a1',
      finish_reason: { type: 'length', length: 1 },
      prompt_tokens: ids.length,
      completion_tokens: 1,
      cached_tokens: from,
      e2e_latency: 0.1,
      input_token_logprobs: ids.slice(from).map((id, i) => [i === 0 ? null : logprob[from + i], id, null]),
      input_top_logprobs: ids
        .slice(from)
        .map((_, i) => (i === 0 ? null : (top[from + i] ?? []).slice(0, k).map(triple))),
      output_token_logprobs: [triple(first)],
      output_top_logprobs: [next.slice(0, k).map(triple)],
    },
  };
}

/** Tokens that were written behind a text, as vLLM names them where it is asked to; other servers give the text alone. */
export function writtenAnswer(written: Alternative[], model: string, tokenizer: Tokenizer, named: boolean) {
  const text = tokenizer.decode(written.map(([, id]) => id));
  const logprobs = {
    tokens: written.map(([, id]) => `token_id:${id}`),
    token_logprobs: written.map(([logprob]) => logprob),
  };
  const choice = { index: 0, text, logprobs: named ? logprobs : null, finish_reason: 'length' };
  return { ...head(model, 'cmpl', 1), choices: [choice] };
}

/** @param named whether tokens come as ids, as vLLM gives them where it is asked to */
export function echoAnswer(
  { ids, logprob, top, next }: ModelNumbers,
  { model, logprobs: k }: { model: string; logprobs: number },
  tokenizer: Tokenizer,
  named: boolean,
) {
  const nameOf = (id: number) => (named ? `token_id:${id}` : tokenizer.tokenText(id));
  const byName = (alternatives: Alternative[]) => Object.fromEntries(alternatives.map(([lp, id]) => [nameOf(id), lp]));
  const drawn = next[0] as Alternative;
  return {
    ...head(model, 'cmpl', ids.length),
    choices: [
      {
        index: 0,
        text: tokenizer.decode([...ids, drawn[1]]),
        logprobs: {
          tokens: [...ids, drawn[1]].map(nameOf),
          token_logprobs: [null, ...logprob.slice(1), drawn[0]],
          top_logprobs: [null, ...top.slice(1).map((of) => byName(of.slice(0, k))), byName(next.slice(0, k))],
          text_offset: ids.map((_, i) => i),
        },
        finish_reason: 'length',
      },
    ],
  };
}

export function tgiAnswer({ ids, logprob, next }: ModelNumbers, tokenizer: Tokenizer) {
  const token = (id: number, lp: number | null | undefined) => ({
    id,
    text: tokenizer.tokenText(id),
    logprob: lp,
    special: false,
  });
  return {
    generated_text: tokenizer.tokenText(next[0]?.[1] ?? 0),
    details: {
      finish_reason: 'length',
      generated_tokens: 1,
      seed: null,
      prefill: ids.map((id, i) => ({ id, text: tokenizer.tokenText(id), logprob: i === 0 ? null : logprob[i] })),
      tokens: [token(next[0]?.[1] ?? 0, next[0]?.[0])],
      top_tokens: [next.slice(0, 5).map(([lp, id]) => token(id, lp))],
    },
  };
}

const byTokenId = (alternatives: Alternative[]) =>
  Object.fromEntries(alternatives.map(([lp, id]) => [`token_id:${id}`, lp]));

const head = (model: string, prefix: string, prompt: number) => ({
  id: `${prefix}-1`,
  object: 'text_completion',
  created: 1764000000,
  model,
  usage: { prompt_tokens: prompt, total_tokens: prompt + 1, completion_tokens: 1, prompt_tokens_details: null },
});
