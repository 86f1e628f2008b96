import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Bench } from './bench';
import { withPeer } from './peer';
import { type Aim, type Measurement, seconds } from './table';
import { withEngine } from './vitrine';
import type { Side } from './watch';

const FROM_CACHE: Aim = { atMost: 1.5 };
const FROM_NONE: Aim = { atMost: 6 };

/** From the start of a process to a model that can be asked; the files are in the system's memory. */
export async function measureReady(bench: Bench): Promise<Measurement[]> {
  const { model, peers, plan, watch } = bench;
  console.error('Fresh process to model ready');
  const { warm, safetensors } = await watch.fastest(plan.ready.rounds, {
    warm: start((ready) => withEngine(bench, ready)),
    ...(peers && { safetensors: start((ready) => withPeer(peers, peers.checkpoint, ready)) }),
  });
  const { none, gguf } = await watch.fastest(plan.ready.slow, {
    none: () => withEmptyCache(bench, (empty) => start((ready) => withEngine(empty, ready))()),
    ...(peers && { gguf: start((ready) => withPeer(peers, model.path, ready)) }),
  });
  return [
    {
      what: 'Model ready in a fresh process',
      ours: warm ?? Number.NaN,
      other: safetensors,
      otherIs: 'transformers from safetensors',
      aim: FROM_CACHE,
      show: seconds,
    },
    {
      what: 'Model ready, never compiled before',
      ours: none ?? Number.NaN,
      other: gguf,
      otherIs: 'transformers from the GGUF file',
      aim: FROM_NONE,
      show: seconds,
    },
  ];
}

/** Seconds until a process says that it is ready; ending it does not count. */
function start(run: (ready: () => Promise<number>) => Promise<number>): Side {
  return () => {
    const started = performance.now();
    return run(async () => (performance.now() - started) / 1000);
  };
}

async function withEmptyCache(bench: Bench, run: (bench: Bench) => Promise<number>): Promise<number> {
  const cacheFolder = mkdtempSync(join(bench.folder, 'empty-'));
  try {
    return await run({ ...bench, cacheFolder });
  } finally {
    rmSync(cacheFolder, { recursive: true });
  }
}
