import { render } from '../../display/sentences';
import { provenanceOf } from '../../recording/provenance';
import { single } from '../../recording/single';
import type { SharedSpan } from '../../shared/difference-api';
import { jsonPieces } from '../json-pieces';
import { servedJson } from '../served/json';
import type { TextComparison } from './compare-text';
import type { ComparedToken, TokenSide } from './compared-tokens';
import type { NamedModel } from './model-changes';
import type { Measured } from './statistics';
import { spanSums, tokenSums } from './sums';
import { roundingSentence } from './views';

/** The comparison for programs, as docs/json.md documents it, in pieces. */
export function* comparisonJson({ text, a, b, tokens, spans }: TextComparison): Generator<string> {
  const forward = ({ read }: TextComparison['a']) => read.trace.forwardSeconds;
  const prompt = (of: TextComparison['a']) => (of.prompt.text === text ? undefined : of.prompt.text);
  yield* jsonPieces({
    a: modelJson('A', a, { prompt: prompt(a), forward: forward(a), rankLimit: tokens?.[0]?.a.rankLimit }),
    b: modelJson('B', b, { prompt: prompt(b), forward: forward(b), rankLimit: tokens?.[0]?.b.rankLimit }),
    text,
    ...(tokens
      ? { tokens: tokens.map(tokenJson), summary: tokenSums(tokens) }
      : { spans: spans.map((span) => spanJson(text, span)), summary: spanSums(text, spans) }),
  });
  yield '\n';
}

/** llama.cpp's statistics; what is not defined is null. */
export function statisticsJson(text: string, { a, b, chunks, statistics }: Measured): string {
  return JSON.stringify({ a: modelJson('A', a), b: modelJson('B', b), text, chunks, statistics });
}

function modelJson(
  letter: 'A' | 'B',
  { label, model, changes: { ablated, steering, adapterGain = 1 } }: NamedModel,
  {
    prompt,
    forward,
    rankLimit,
  }: { prompt?: string | undefined; forward?: number; rankLimit?: number | undefined } = {},
): object {
  const rounding = roundingSentence(letter, model);
  const notes = [...model.notes.map((note) => render(note)), ...(rounding ? [rounding] : [])];
  return {
    label,
    model: model.name,
    provider: model.provider,
    ...servedJson(model, rankLimit),
    fileType: model.fileType,
    weights: model.weights,
    provenance: provenanceOf(model, [...ablated], steering),
    ...(model.hasAdapterGain && { adapterGain }),
    prompt,
    notes: notes.length > 0 ? notes : undefined,
    timing: { load: model.loadSeconds, compile: model.compileSeconds, forward },
  };
}

function tokenJson({ id, text, start, end, a, b, kl, reverseKl }: ComparedToken): object {
  return { id, text, start, end, a: sideJson(a), b: sideJson(b), kl, reverseKl };
}

function sideJson({ logprob, rank, rankLimit, entropy, top }: TokenSide): object {
  return {
    logprob,
    rank: rankLimit === 0 ? null : rank,
    entropy,
    top: top.map(({ id, text, logprob }) => ({ id, text, logprob: single(logprob) })),
  };
}

function spanJson(text: string, { start, end, tokensA, tokensB, logprobA, logprobB }: SharedSpan): object {
  return {
    text: text.slice(start, end),
    start,
    end,
    a: { tokens: tokensA, logprob: logprobA },
    b: { tokens: tokensB, logprob: logprobB },
  };
}
