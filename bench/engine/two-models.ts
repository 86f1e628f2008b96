/**
 * Two models that read one text, held against each other, beside each of them alone: how soon what differs is there, and what
 * both engines take of memory (Linux only: other systems do not tell a process's peak).
 * The second is the first with its matrices quantised anew.
 */
import { basename } from 'node:path';
import { env } from 'onnxruntime-node';
import { type Engine, startEngine } from '../../src/engine/client';
import { cacheFolder } from '../../src/model/cache/folder';
import { machine } from '../machine';
import { peakOf } from '../process';
import { report } from '../report';
import { readModel } from './model';
import { type Measurement, megabytes, milliseconds, seconds, tableOf, tokenCount } from './table';
import { Texts } from './texts';
import { loadRequest } from './vitrine';
import { Watch } from './watch';

const LENGTHS = [64, 512];
const ROUNDS = process.argv.includes('--quick') ? 3 : 9;
/** What two models may take more of memory than each alone, together. */
const MEMORY_SHARE = 0.1;

const model = readModel();
const texts = new Texts(model.tokenizer);
const watch = new Watch();
const measurements: Measurement[] = [];
await withBoth(async (a, b) => {
  for (const tokens of LENGTHS) await timeTexts(a, b, tokens);
});
if (process.platform === 'linux') measurements.push(await comparePeaks(Math.max(...LENGTHS)));
report(
  'two-models',
  tableOf(measurements),
  `${basename(model.path)} and the same weights as Q8_0, on ${machine(`onnxruntime ${env.versions.node}`)}`,
  ...(watch.warning ? [watch.warning] : []),
);

async function timeTexts(a: Engine, b: Engine, tokens: number): Promise<void> {
  let differenceSeconds = Number.POSITIVE_INFINITY;
  const times = (await watch.fastest(ROUNDS, {
    a: () => timed(() => read(a, texts.next(tokens))),
    b: () => timed(() => read(b, texts.next(tokens))),
    both: () =>
      timed(async () => {
        differenceSeconds = Math.min(differenceSeconds, await compare(a, b, texts.next(tokens)));
      }),
  })) as Record<'a' | 'b' | 'both', number>;
  measurements.push(
    {
      what: `Two models, ${tokenCount(tokens)}`,
      ours: times.both,
      other: times.a + times.b,
      otherIs: `one after the other (${seconds(times.a)} and ${seconds(times.b)})`,
      aim: { times: 1 },
      show: seconds,
    },
    { what: 'Of it, what differs, once both have read it', ours: differenceSeconds, show: milliseconds },
  );
}

/** What either has to be told alone: how probable each token is, and the guesses in its place. */
async function read(engine: Engine, text: string): Promise<void> {
  const { trace, ids } = await engine.forward({ task: 0, text });
  await engine.predictions({ trace, from: 0, to: ids.length, topK: 5 });
}

/** As the editor compares. Gives the seconds from both texts read to what differs. */
async function compare(a: Engine, b: Engine, text: string): Promise<number> {
  const [{ trace }, other] = await Promise.all([a.forward({ task: 0, text }), b.forward({ task: 0, text })]);
  const share = await b.shareDistributions({});
  return timed(() => a.difference({ task: 0, trace, other: { trace: other.trace, share }, topK: 5 }));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
}

/** The largest that both have been, beside what each was that read such a text alone. */
async function comparePeaks(tokens: number): Promise<Measurement> {
  const alone = await withBoth(async (a, b) => {
    for (const engine of [a, b]) await read(engine, texts.next(tokens));
    return peakOf(a.pid) + peakOf(b.pid);
  });
  const both = await withBoth(async (a, b) => {
    await compare(a, b, texts.next(tokens));
    return peakOf(a.pid) + peakOf(b.pid);
  });
  return {
    what: `Peak memory of two models, ${tokenCount(tokens)}`,
    ours: both,
    other: alone,
    otherIs: 'each alone, together',
    aim: { atMost: (1 + MEMORY_SHARE) * alone },
    show: megabytes,
  };
}

/** Lets two engines in processes of their own be used, with a model each. */
async function withBoth<T>(use: (a: Engine, b: Engine) => Promise<T>): Promise<T> {
  const [a, b] = [startEngine(), startEngine()];
  try {
    const asked = loadRequest({ model, cacheFolder: cacheFolder() });
    await a.load(asked);
    await b.load({ ...asked, weights: 'q8_0' });
    return await use(a, b);
  } finally {
    await Promise.all([a.stop(), b.stop()]);
  }
}
