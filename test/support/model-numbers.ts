import type { Predictions } from '../../src/shared/engine-api';
import type { EngineApi } from '../../src/shared/requests';
import { nextTask } from './engine';

/** What a model thinks of a row of tokens, as servers tell it: of the distributions that predict each, and of the one behind. */
export interface ModelNumbers {
  ids: number[];
  logprob: number[];
  /** From 0. */
  rank: number[];
  /** [position][k], the most probable first; none for the first token. */
  top: Alternative[][];
  next: Alternative[];
}

export type Alternative = [logprob: number, id: number];

export type Numbers = (ids: number[]) => Promise<ModelNumbers>;

const TOP_K = 20;

/** The numbers of an engine: of what was asked before, they are remembered. */
export function numbersOf(engine: () => EngineApi): Numbers {
  const known = new Map<string, Promise<ModelNumbers>>();
  return (ids) => {
    const key = ids.join(' ');
    const numbers = known.get(key) ?? read(engine(), ids);
    known.set(key, numbers);
    return numbers;
  };
}

async function read(engine: EngineApi, ids: number[]): Promise<ModelNumbers> {
  const { trace } = await engine.forwardTokens({ task: nextTask(), ids });
  const predictions = await engine.predictions({ trace, from: 0, to: ids.length, topK: TOP_K });
  return {
    ids,
    logprob: Array.from(predictions.logprob),
    rank: Array.from(predictions.rank),
    top: ids.map((_, i) => (i === 0 ? [] : after(predictions, i - 1))),
    next: after(predictions, ids.length - 1),
  };
}

function after({ topIdsAfter, topLogprobsAfter }: Predictions, position: number): Alternative[] {
  return Array.from({ length: TOP_K }, (_, k) => [
    topLogprobsAfter[position * TOP_K + k] as number,
    topIdsAfter[position * TOP_K + k] as number,
  ]);
}
