import { basename, resolve } from 'node:path';
import type { Engine } from '../../engine/client';
import type { ModelInfo, TraceInfo } from '../../shared/engine-api';
import { type Sentence, VitrineError } from '../../shared/errors';
import type { HeadAddress } from '../../shared/head-address';
import { LOADED_RANGE, type Steering } from '../../shared/steering';
import { type ShowProgress, TASK } from '../session';
import { UsageError } from '../usage-error';
import type {
  AskedSteering,
  InspectedAttention,
  InspectedLens,
  InspectedToken,
  Inspection,
  InspectRequest,
  TokenRange,
} from './inspection';
import { occlude } from './occlusion/occlude';
import { patch } from './patch/patch';
import { readPrompt } from './read';
import { describeCandidates, inspectTokens, tokensIn } from './tokens';
import { askWhy } from './why/ask';
import { TokenFinder } from './why/token-finder';

/** Numbers of all patterns together: as text they come to a quarter of a gigabyte, half of what one string can hold. */
const MOST_WEIGHTS = 2 ** 24;

/** Lets the model read a text and gathers what is asked about it. */
export async function inspectText(
  engine: Engine,
  model: ModelInfo,
  request: InspectRequest,
  showProgress: ShowProgress,
  tokens = new TokenFinder(engine, model),
): Promise<Inspection> {
  for (const address of [...request.ablate, ...request.attention]) checkHead(address, model);
  // First, so that a continuation finds the keys and values of the ablated run where they are.
  const { steering, note } = await steeringOf(engine, request.steer);
  const unablated = request.compare ? await readUnablated(engine, request, steering) : undefined;
  const changes = { ablated: request.ablate, steering };
  const read = await readPrompt(engine, request.prompt, changes);
  const { text, trace } = read;
  const range = tokensIn(read, request.select);
  const continuation = request.continuation;
  return {
    model,
    ablated: request.ablate,
    steering,
    steeringNote: note,
    text,
    trace,
    range,
    tokens: await inspectTokens(engine, read, range, request.topK),
    unablated,
    attention: request.attention.length > 0 ? await readAttention(engine, trace, range, request) : undefined,
    heads: request.heads ? await engine.heads({ trace: trace.trace }) : undefined,
    experts: request.experts ? await engine.experts({ trace: trace.trace, ...range }) : undefined,
    lens:
      request.lensTopK === undefined
        ? undefined
        : await readLens(engine, model.numHiddenLayers, trace, range, request.lensTopK, showProgress),
    why: request.why && (await askWhy(engine, model, trace, request.why, tokens)),
    occlusion:
      request.occlude &&
      (await occlude(engine, read, { asked: request.occlude, select: request.select, question: request.why }, tokens)),
    patch:
      request.patch &&
      (await patch(engine, model, read, { ...request.patch, changes }, request.why ?? { position: 'end' }, tokens)),
    continuation: continuation && (await engine.continuation({ task: TASK, trace: trace.trace, ...continuation })),
  };
}

/** What is added to the layers, and what is odd about it. */
export async function steeringOf(
  engine: Engine,
  asked: AskedSteering | undefined,
): Promise<{ steering: Steering | undefined; note: Sentence | undefined }> {
  if (!asked) return { steering: undefined, note: undefined };
  const { path, coefficient } = asked;
  const { values: direction, note } = await engine.controlVector({ path: resolve(path) });
  return { steering: { name: basename(path, '.gguf'), direction, coefficient, range: LOADED_RANGE }, note };
}

async function readUnablated(
  engine: Engine,
  request: InspectRequest,
  steering: Steering | undefined,
): Promise<InspectedToken[]> {
  const read = await readPrompt(engine, request.prompt, { ablated: [], steering });
  return inspectTokens(engine, read, tokensIn(read, request.select), 1);
}

async function readAttention(
  engine: Engine,
  { trace }: TraceInfo,
  { from, to }: TokenRange,
  { attention: heads, attentionRows = to - from }: InspectRequest,
): Promise<InspectedAttention[]> {
  const rows = { from: Math.max(from, to - attentionRows), to };
  if (heads.length * (rows.to - rows.from) * to > MOST_WEIGHTS) {
    throw new VitrineError(
      'inspect.pattern',
      `The attention of ${rows.to - rows.from} tokens over ${to} is too much for one answer: show a part of the text (--select START:END), or fewer heads.`,
    );
  }
  const read: InspectedAttention[] = [];
  for (const { layer, head } of heads) {
    const { maximum, columns } = await engine.attention({ trace, layer, head, rows });
    const row = (index: number) => maximum.subarray(index * columns, (index + 1) * columns);
    read.push({ layer, head, pattern: Array.from({ length: rows.to - rows.from }, (_, index) => row(index)) });
  }
  return read;
}

/** Layer by layer: of a long text they take minutes, and somebody waits. */
async function readLens(
  engine: Engine,
  layers: number,
  { trace }: TraceInfo,
  range: TokenRange,
  topK: number,
  showProgress: ShowProgress,
): Promise<InspectedLens> {
  const read: InspectedLens = { layers: [], top: [], nextIsFirst: [] };
  for (let layer = 0; layer <= layers; layer++) {
    showProgress({ stage: 'lens', done: layer, total: layers + 1 });
    const lens = await engine.logitLens({ trace, layers: [layer], ...range, topK });
    read.layers.push(layer);
    read.top.push(await describeCandidates(engine, lens.topIds, lens.topLogprobs, lens.topK));
    read.nextIsFirst.push(
      Array.from(lens.nextLogprob, (logprob, index) => !Number.isNaN(logprob) && lens.nextRank[index] === 0),
    );
  }
  return read;
}

/** @throws UsageError where the model lacks the head */
export function checkHead({ layer, head }: HeadAddress, model: ModelInfo): void {
  if (layer >= model.numHiddenLayers || head >= model.numAttentionHeads) {
    throw new UsageError(
      `There is no head ${layer}.${head}: ${model.name} has the layers 0 to ${model.numHiddenLayers - 1} and the heads 0 to ${model.numAttentionHeads - 1} in each.`,
    );
  }
}
