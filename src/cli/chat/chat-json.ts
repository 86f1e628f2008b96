import { bitsAToken, type ScoredSum } from '../../chat/scored-sum';
import { provenanceOf } from '../../recording/provenance';
import { single } from '../../recording/single';
import type { ModelInfo } from '../../shared/engine-api';
import type { ReadChat } from './chat-reader';

/** What `--json` prints of a conversation, as docs/json.md documents it. Null is what nothing predicts. */
export function chatJson(read: ReadChat, model: ModelInfo, logprobs: Float32Array, sum: ScoredSum): object {
  const { conversation, rendered, counts } = read;
  return {
    shape: conversation.shape,
    answer: conversation.answer,
    model: model.name,
    provenance: provenanceOf(model, []),
    text: rendered.text,
    tokens: tokensJson(read, logprobs),
    counts: { roles: Object.fromEntries(counts.roles), template: counts.template },
    scored: {
      by: rendered.scoredBy,
      tokens: sum.scored,
      sumLogprob: single(sum.sum),
      bitsPerToken: bitsAToken(sum) ?? null,
    },
  };
}

function* tokensJson(
  { rendered: { text }, tokens: { ids, starts, ends }, parts, isScored }: ReadChat,
  logprobs: Float32Array,
): Generator<object> {
  for (const [token, id] of ids.entries()) {
    const [start = 0, end = 0, part, logprob = Number.NaN] = [
      starts[token],
      ends[token],
      parts[token],
      logprobs[token],
    ];
    yield {
      id,
      text: text.slice(start, end),
      start,
      end,
      message: part?.message ?? null,
      role: (part?.kind === 'content' && part.role) || null,
      scored: isScored[token] === 1,
      logprob: Number.isNaN(logprob) ? null : single(logprob),
    };
  }
}
