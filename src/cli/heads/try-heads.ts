import type { Engine } from '../../engine/client';
import { single } from '../../recording/single';
import type { ModelInfo } from '../../shared/engine-api';
import type { HeadAddress } from '../../shared/head-address';
import { NO_READING_CHANGES } from '../../shared/steering';
import type { Prompt, Question } from '../inspect/inspection';
import { readPrompt } from '../inspect/read';
import { askedOf } from '../inspect/why/question';
import { TokenFinder } from '../inspect/why/token-finder';
import { TASK } from '../session';

/** What stands in place of what a head gives: nothing, or its mean over the text. */
export type By = 'zero' | 'mean';

/** Natural logarithms of probabilities. */
interface Pair {
  token: number;
  against: number;
}

/** A head that was taken away by itself. */
export interface TriedHead extends HeadAddress {
  logprobs: Pair;
  /** Of the token's log-probability, without the head less with it. */
  change: number;
  /** What the head is worth for the token and against the other: of the difference of logits, with it less without it. */
  effect: number;
  /** What it wrote for that itself; the rest of its effect goes through other parts. */
  direct: number;
}

export interface TriedHeads {
  model: ModelInfo;
  text: string;
  by: By;
  position: number;
  token: { id: number; text: string; bytes: string };
  against: TriedHeads['token'];
  /** With all heads. */
  logprobs: Pair;
  heads: TriedHead[];
}

/** Takes every head away by itself, and measures what becomes of a token and of one that it is held against. */
export async function tryHeads(
  engine: Engine,
  model: ModelInfo,
  { prompt, question, by }: { prompt: Prompt; question: Question; by: By },
): Promise<TriedHeads> {
  const { text, trace } = await readPrompt(engine, prompt, NO_READING_CHANGES);
  const asked = await askedOf(question, trace, new TokenFinder(engine, model));
  // The engine's own choice of tokens, so that both requests ask about the same.
  const { token, against, position, heads: direct } = await engine.why(asked);
  const parts = model.layers.flatMap(({ attention }, layer) =>
    attention
      ? Array.from({ length: model.numAttentionHeads }, (_, head) => ({ kind: 'head' as const, layer, head }))
      : [],
  );
  const { logprobs, base } = await engine.ablations({
    task: TASK,
    trace: trace.trace,
    position,
    token,
    against,
    parts,
    by: by === 'mean' ? { kind: 'mean' } : { kind: 'gain', value: 0 },
  });
  const named = async (id: number) => ({ id, ...(await describe(engine, id)) });
  const whole = pairAt(base, 0);
  return {
    model,
    text,
    by,
    position,
    token: await named(token),
    against: await named(against),
    logprobs: whole,
    heads: parts.map(({ layer, head }, index) => {
      const without = pairAt(logprobs, index);
      return {
        layer,
        head,
        logprobs: without,
        change: without.token - whole.token,
        effect: differenceOf(whole) - differenceOf(without),
        direct: single(direct[layer * model.numAttentionHeads + head] ?? 0),
      };
    }),
  };
}

async function describe(engine: Engine, id: number): Promise<{ text: string; bytes: string }> {
  const [{ text = '', bytes = '' } = {}] = await engine.describe({ ids: [id] });
  return { text, bytes };
}

function pairAt(logprobs: Float32Array, index: number): Pair {
  const at = (column: number) => single(logprobs[2 * index + column] ?? Number.NaN);
  return { token: at(0), against: at(1) };
}

/** The logits' normaliser is the same for both: this is the difference of their logits. */
const differenceOf = ({ token, against }: Pair) => token - against;
