import type { BenchModel } from '../engine/model';
import { attentionsFit, TRANSFORMERS_WITH_ATTENTIONS } from '../engine/peer';
import type { Texts } from '../engine/texts';
import { peakOf, processorSeconds } from '../process';
import { CONTINUED, type LargerModel, MEMORY_TOKENS } from './plan';
import type { Reader } from './readers';

/** The least of several runs. Other processes make a run last longer, and its processor time hardly so. */
export interface Time {
  wall: number;
  processor: number;
}

export interface Times {
  /** In bytes, when the text of `MEMORY_TOKENS` was read first. */
  peak: number;
  /** By tokens. */
  read: Map<number, Time>;
  continued?: Time;
}

/** How long a reader takes for texts that it has not read before. */
export async function timesOf(
  name: string,
  reader: Reader,
  { texts: lengths, rounds }: LargerModel,
  model: BenchModel,
  texts: Texts,
): Promise<Times> {
  const next = (tokens: number) => model.tokenizer.encode(texts.next(tokens)).ids;
  const fits = (tokens: number) => name !== TRANSFORMERS_WITH_ATTENTIONS || attentionsFit(model.config, tokens);
  await reader.read(next(MEMORY_TOKENS));
  const times: Times = { peak: peakOf(reader.pid), read: new Map() };
  for (const tokens of lengths.filter(fits)) {
    times.read.set(tokens, await least(rounds, reader, () => reader.read(next(tokens))));
    console.error(`  ${name}, ${tokens} tokens: ${JSON.stringify(times.read.get(tokens))}`);
  }
  if (reader.continued) {
    await reader.read(next(MEMORY_TOKENS));
    times.continued = await least(rounds, reader, () => reader.continued?.(CONTINUED) as Promise<number>);
    console.error(`  ${name}, continued: ${JSON.stringify(times.continued)}`);
  }
  return times;
}

async function least(rounds: number, { pid }: Reader, run: () => Promise<number>): Promise<Time> {
  const time = { wall: Number.POSITIVE_INFINITY, processor: Number.POSITIVE_INFINITY };
  for (let round = 0; round < rounds; round++) {
    const before = processorSeconds(pid);
    time.wall = Math.min(time.wall, await run());
    time.processor = Math.min(time.processor, processorSeconds(pid) - before);
  }
  return time;
}
