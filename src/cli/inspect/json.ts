import { render } from '../../display/sentences';
import { provenanceOf } from '../../recording/provenance';
import { single } from '../../recording/single';
import type { LayerExperts, LayerInfo } from '../../shared/engine-api';
import { jsonPieces } from '../json-pieces';
import { servedJson } from '../served/json';
import type {
  Candidate,
  InspectedAttention,
  InspectedLens,
  InspectedOcclusion,
  InspectedPatch,
  InspectedToken,
  InspectedWhy,
  Inspection,
} from './inspection';
import { sumsOf } from './inspection';
import { restored } from './patch/patch';

/**
 * The inspection for programs, as docs/json.md documents it, in pieces. Ranks, layers and heads count from 0; null is what
 * is undefined.
 */
export function* inspectionJson(inspection: Inspection): Generator<string> {
  yield* jsonPieces(inspectionMembers(inspection));
  yield '\n';
}

/** Its members, in their order. */
export function inspectionMembers(inspection: Inspection): object {
  const {
    model,
    ablated,
    steering,
    text,
    trace,
    tokens,
    attention,
    heads,
    experts,
    lens,
    continuation,
    why,
    occlusion,
    patch,
  } = inspection;
  const sums = sumsOf(tokens, text);
  return {
    model: model.name,
    provider: model.provider,
    ...servedJson(model, tokens.find(({ prediction }) => prediction)?.prediction?.rankLimit),
    weights: model.weights,
    provenance: provenanceOf(model, [...ablated], steering),
    notes: model.notes.length > 0 ? model.notes.map((note) => render(note)) : undefined,
    text,
    tokens: tokens.map(tokenJson),
    sumLogprob: sums.logprob,
    perplexity: orNull(sums.perplexity),
    bitsPerCharacter: orNull(sums.bitsPerCharacter),
    // What was not asked for is undefined, and left out.
    attention: attention?.map((pattern) => attentionJson(pattern, model.layers[pattern.layer])),
    heads: heads?.map(({ layer, head, previous, first, self, induction, inductionQueries, entropy, sink }) => ({
      layer,
      head,
      previous: orNull(previous),
      first: orNull(first),
      self: orNull(self),
      induction: orNull(induction),
      inductionQueries,
      entropy: orNull(entropy),
      ...(sink === undefined ? {} : { sink: orNull(sink) }),
    })),
    experts: experts && expertsJson(experts),
    lens: lens && lensJson(lens),
    why: why && whyJson(why),
    occlusion: occlusion && occlusionJson(occlusion),
    patch: patch && patchJson(patch),
    continuation: continuation && {
      text: continuation.text,
      tokens: continuation.tokens.map(({ id, text, logprob }) => ({ id, text, logprob: single(logprob) })),
    },
    timing: { load: model.loadSeconds, compile: model.compileSeconds, forward: trace.forwardSeconds },
  };
}

function tokenJson({ id, text, bytes, start, end, prediction, entropy, entropyBefore, after }: InspectedToken): object {
  return {
    id,
    text,
    bytes,
    start,
    end,
    logprob: prediction ? single(prediction.logprob) : null,
    rank: prediction && prediction.rankLimit !== 0 ? prediction.rank : null,
    entropyBefore: entropyBefore === undefined ? null : single(entropyBefore),
    entropy: orNull(single(entropy)),
    top: after.map(candidateJson),
  };
}

function candidateJson({ id, text, logprob }: Candidate): object {
  return { id, text, logprob: single(logprob) };
}

function attentionJson(
  { layer, head, pattern }: InspectedAttention,
  { slidingWindow }: Partial<LayerInfo> = {},
): object {
  return { layer, head, slidingWindow, pattern: pattern.map((row) => Array.from(row, single)) };
}

function* expertsJson(layers: readonly LayerExperts[]): Generator<object> {
  for (const { layer, perToken, experts, weights } of layers) {
    const choice = (at: number) => ({ expert: experts[at], weight: single(weights[at] as number) });
    const ofToken = (token: number) => Array.from({ length: perToken }, (_, i) => choice(token * perToken + i));
    yield { layer, tokens: Array.from({ length: experts.length / perToken }, (_, token) => ofToken(token)) };
  }
}

/** Layer by layer: all of them at once would take as much memory again. */
function* lensJson({ layers, top }: InspectedLens): Generator<object> {
  for (const [index, layer] of layers.entries()) {
    yield { layer, tokens: (top[index] ?? []).map((candidates) => ({ top: candidates.map(candidateJson) })) };
  }
}

/** What the tokens look like is for people. */
function whyJson({ descriptions, ...why }: InspectedWhy): object {
  return why;
}

function occlusionJson({ targets, target, logprob, spans }: InspectedOcclusion): object {
  return { ...targets, target, logprob, spans };
}

/** `restored` and `logprobs` are [layer][column]; the latter of the token and of the other. */
function patchJson({ token, against, logprobs, ...patch }: InspectedPatch): object {
  return {
    ...patch,
    token: { id: token.id, text: token.text },
    against: { id: against.id, text: against.text },
    restored: logprobs.map((row) => row.map((pair) => orNull(restored(patch, pair)))),
    logprobs: logprobs.map((row) => row.map((pair) => [pair.token, pair.against])),
  };
}

function orNull(value: number | undefined): number | null {
  return value === undefined || Number.isNaN(value) ? null : value;
}
