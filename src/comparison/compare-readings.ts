import type { ComparedPrompt, ComparedText, SharedSpan, TokenDifferences } from '../shared/difference-api';
import type { TraceInfo } from '../shared/engine-api';
import { sentence, VitrineError } from '../shared/errors';
import type { EngineApi } from '../shared/requests';
import { type Alignment, align } from './align';
import { type ReadTokens, tokensWithin } from './read-tokens';

/** A text as a model has read it. */
export interface ModelReading {
  /** The model's own. */
  engine: Pick<EngineApi, 'predictions'>;
  prompt: ComparedPrompt;
  /** Of the whole prompt. */
  trace: TraceInfo;
  /** Whether its vocabulary keeps a token for control. */
  isControl(id: number): boolean;
}

interface Readings {
  a: ModelReading;
  b: ModelReading;
}

/** The text as it is, without anything around it. */
export const plainPrompt = (text: string): ComparedPrompt => ({
  text,
  content: { start: 0, end: text.length },
  skipped: 0,
});

/**
 * What differs of a text that both have read.
 *
 * @param difference of positions that are pairs, over the whole vocabulary
 */
export async function compareReadings(
  text: string,
  readings: Readings,
  {
    sameVocabulary,
    difference,
  }: { sameVocabulary: boolean; difference(pairs: { a: Uint32Array; b: Uint32Array }): Promise<TokenDifferences> },
): Promise<ComparedText> {
  const [tokensA, tokensB] = [readings.a, readings.b].map((reading) => tokensOf(text, reading, sameVocabulary)) as [
    ReadTokens,
    ReadTokens,
  ];
  const alignment = align(tokensA, tokensB, { sameVocabulary });
  const differences = await difference({ a: alignment.positionsA, b: alignment.positionsB });
  return {
    text,
    sameVocabulary,
    tokens: { ...differences, ...placesOf(alignment, tokensA) },
    spans: await spansOf(alignment, differences, readings),
    traceA: readings.a.trace.trace,
    traceB: readings.b.trace.trace,
  };
}

/** Of models of which no token stands for a token of the other. */
export const noDivergence = (): VitrineError =>
  new VitrineError(
    'comparison.vocabulary',
    sentence`The models have different vocabularies, so the divergence of their tokens is not defined. Compare models of one vocabulary.`,
  );

/** The tokens of the text that is compared, at its own offsets. */
function tokensOf(
  text: string,
  { prompt: { text: prompt, content, skipped }, trace, isControl }: ModelReading,
  sameVocabulary: boolean,
): ReadTokens {
  const isOutside = (entry: number) => isControl(trace.ids[entry] as number);
  const read: ReadTokens = sameVocabulary ? trace : { ...trace, isOutside };
  if (content.start === 0 && content.end === prompt.length) return read;
  return tokensWithin(read, content, bytesOf(prompt.slice(0, content.start)), {
    units: skipped,
    bytes: bytesOf(text.slice(0, skipped)),
  });
}

/** Of the UTF-8 encoding. */
const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

function placesOf({ positionsA, positionsB }: Alignment, { ids, starts, ends, first = 0 }: ReadTokens) {
  const at = (values: Uint32Array) => positionsA.map((position) => values[position - first] as number);
  return { ids: at(ids), starts: at(starts), ends: at(ends), positionsA, positionsB };
}

/** Sums of ln p. Of tokens that are pairs it is known; of others the models are asked. */
async function spansOf(
  { spans, positionsA, positionsB }: Alignment,
  differences: TokenDifferences,
  readings: Readings,
): Promise<SharedSpan[]> {
  const logprobsOf = async (side: 'a' | 'b', positions: Uint32Array): Promise<Float64Array> => {
    const { engine, trace } = readings[side];
    const all = new Float64Array(trace.ids.length).fill(Number.NaN);
    for (const [pair, position] of positions.entries()) all[position] = differences[side].logprob[pair] as number;
    const isKnown = spans.every((span) =>
      all.subarray(span[side].from, span[side].to).every((value) => !Number.isNaN(value)),
    );
    if (isKnown) return all;
    const { logprob } = await engine.predictions({ trace: trace.trace, from: 0, to: all.length, topK: 0 });
    return all.map((value, position) => (Number.isNaN(value) ? (logprob[position] as number) : value));
  };
  const [ofA, ofB] = [await logprobsOf('a', positionsA), await logprobsOf('b', positionsB)];
  const sum = (values: Float64Array) => values.reduce((total, value) => total + value, 0);
  return spans.map(({ start, end, a, b }) => ({
    start,
    end,
    tokensA: a.to - a.from,
    tokensB: b.to - b.from,
    logprobA: sum(ofA.subarray(a.from, a.to)),
    logprobB: sum(ofB.subarray(b.from, b.to)),
  }));
}
