import type { Engine } from '../../src/engine/client';
import type { Bench } from './bench';
import { type Aim, type Measurement, milliseconds, tokenCount } from './table';
import { readFresh, withEngine } from './vitrine';

/** What is opened after the sum: a head and a feed-forward part in the middle of the model. */
const OPENED: Aim = { atMost: 0.3 };

/** Why the last token of a text was said: the sum over all parts, then a head and a feed-forward part, against reading the text. */
export async function measureWhy(bench: Bench): Promise<Measurement[]> {
  const layer = Math.floor(bench.model.config.numHiddenLayers / 2);
  return withEngine(bench, async (engine) => {
    const measurements: Measurement[] = [];
    for (const { tokens, rounds, atMost } of bench.plan.why) {
      console.error(`Why, ${tokenCount(tokens)}`);
      let trace = 0;
      const asked = () => ({ trace, position: tokens });
      const times = await bench.watch.fastest(rounds, {
        read: async () => {
          const read = await readFresh(engine, bench.texts.next(tokens), tokens);
          trace = read.trace;
          return read.forwardSeconds;
        },
        why: () => secondsOf(engine, 'why', asked()),
        head: () => secondsOf(engine, 'headSources', { ...asked(), layer, head: 0 }),
        neurons: () => secondsOf(engine, 'neurons', { ...asked(), layer }),
      });
      const measure = (what: string, ours: number | undefined, aim: Aim): Measurement => ({
        what: `Why: ${what}, ${tokenCount(tokens)}`,
        ours: ours ?? Number.NaN,
        other: times.read,
        otherIs: 'to read it once',
        aim,
        show: milliseconds,
      });
      measurements.push(measure('every part of the model', times.why, { atMost }));
      measurements.push(measure('a head opened', times.head, OPENED));
      measurements.push(measure('a feed-forward part opened', times.neurons, OPENED));
    }
    return measurements;
  });
}

type Request = Parameters<Engine['headSources']>[0];

async function secondsOf(
  engine: Engine,
  name: 'why' | 'headSources' | 'neurons',
  request: Partial<Request> & Pick<Request, 'trace' | 'position'>,
): Promise<number> {
  const started = performance.now();
  await engine[name](request as Request);
  return (performance.now() - started) / 1000;
}
