import { Engine } from '../../src/engine/engine';
import type { Bench } from './bench';
import { type Aim, type Measurement, milliseconds, tokenCount } from './table';
import { loadRequest } from './vitrine';

const AIM: Aim = { atMost: 0.05 };
const POOLED_SIZE = 512;

/**
 * Opening heads of a long text, in the engine: it runs in this process, so that what passes between processes (134 MB of
 * a whole pattern at 4,096 tokens) is left out.
 */
export async function measureHeads(bench: Bench): Promise<Measurement[]> {
  const { tokens, count } = bench.plan.heads;
  const { numHiddenLayers, numAttentionHeads } = bench.model.config;
  console.error('Heads');
  const engine = new Engine({ progress() {} });
  await engine.answer('load', loadRequest(bench));
  const request = {
    task: 0,
    text: bench.texts.next(tokens),
    truncate: false,
    truncateStep: 1,
    special: true,
    headMask: [],
    hidden: [],
    patches: [],
  };
  const { trace } = await engine.answer('forward', request);
  const whole: number[] = [];
  const pooled: number[] = [];
  await bench.watch.time('all', async () => {
    for (let i = 0; i < count; i++) {
      const head = { trace, layer: Math.floor((i * numHiddenLayers) / count), head: i % numAttentionHeads };
      whole.push(await secondsOf(() => engine.answer('attention', head)));
      pooled.push(await secondsOf(() => engine.answer('attention', { ...head, size: POOLED_SIZE })));
    }
    return [...whole, ...pooled].reduce((sum, time) => sum + time, 0);
  });
  const what = `A head of ${tokenCount(tokens)}`;
  return [...summarise(`${what}, whole`, whole), ...summarise(`${what}, pooled to ${POOLED_SIZE}`, pooled)];
}

function summarise(what: string, times: number[]): Measurement[] {
  const sorted = times.toSorted((a, b) => a - b);
  const measure = (name: string, index: number): Measurement => ({
    what: `${what}, ${name} of ${times.length}`,
    ours: sorted.at(index) ?? Number.NaN,
    aim: AIM,
    show: milliseconds,
  });
  return [measure('median', Math.floor(times.length / 2)), measure('slowest', -1)];
}

async function secondsOf(run: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await run();
  return (performance.now() - started) / 1000;
}
