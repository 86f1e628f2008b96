import type { Bench } from './bench';
import { type Aim, type Measurement, seconds, tokenCount } from './table';
import { readFresh, withEngine } from './vitrine';

/** Of a text so short that a pass waits for the weights, which all heads share. A longer one's passes are arithmetic. */
const AIM: Aim = { times: 1 / 20 };
const AIMED_TOKENS = 10;

/** Every head switched off by itself, for the last token of a text, against reading the text once. */
export async function measureAblations(bench: Bench): Promise<Measurement[]> {
  const { numHiddenLayers, numAttentionHeads } = bench.model.config;
  const all = Array.from({ length: numHiddenLayers * numAttentionHeads }, (_, i) => ({
    kind: 'head' as const,
    layer: Math.floor(i / numAttentionHeads),
    head: i % numAttentionHeads,
  }));
  return withEngine(bench, async (engine) => {
    const measurements: Measurement[] = [];
    for (const { tokens, rounds } of bench.plan.ablations) {
      console.error(`Every head, ${tokenCount(tokens)}`);
      let trace = 0;
      const times = await bench.watch.fastest(rounds, {
        read: async () => {
          const read = await readFresh(engine, bench.texts.next(tokens), tokens);
          trace = read.trace;
          return read.forwardSeconds;
        },
        ablations: async () => {
          const started = performance.now();
          await engine.ablations({ task: 0, trace, position: tokens - 1, parts: all });
          return (performance.now() - started) / 1000;
        },
      });
      measurements.push({
        what: `Each of ${all.length} heads switched off, ${tokenCount(tokens)}`,
        ours: times.ablations ?? Number.NaN,
        other: times.read,
        otherIs: 'to read it once',
        aim: tokens <= AIMED_TOKENS ? AIM : undefined,
        show: seconds,
      });
    }
    return measurements;
  });
}
