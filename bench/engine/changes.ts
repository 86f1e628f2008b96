/**
 * Runs in which something is changed, against whole passes: `node bench/run.mjs engine/changes`. Every token of a text
 * hidden from those after it, and the grid of activation patching between two texts, against as many passes of ours and of
 * PyTorch, which is what tools take that run the model anew for each.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { env } from 'onnxruntime-node';
import type { Engine } from '../../src/engine/client';
import { cacheFolder } from '../../src/model/cache/folder';
import { machine } from '../machine';
import { report } from '../report';
import { readModel } from './model';
import { type Peer, TRANSFORMERS, withPeer } from './peer';
import { preparePeers } from './python';
import { type Measurement, seconds, tableOf } from './table';
import { Texts } from './texts';
import { readFresh, withEngine } from './vitrine';
import { Watch } from './watch';

const ROUNDS = 3;
const SOURCES = 100;
const PATCHED_TOKENS = 15;
/** Of as many passes as there are cells so many are run; the rest takes as long. */
const PASSES = 30;

const model = readModel();
const texts = new Texts(model.tokenizer);
const watch = new Watch();
const folder = mkdtempSync(join(tmpdir(), 'vitrine-bench-'));
process.on('exit', () => rmSync(folder, { recursive: true }));
const peers = preparePeers(model.path, join(folder, 'checkpoint'));
const bench = { model, cacheFolder: cacheFolder() };
const measurements = await withEngine(bench, async (engine) =>
  peers ? withPeer(peers, peers.checkpoint, (peer) => measure(engine, peer)) : measure(engine, undefined),
);
const versions = [`onnxruntime ${env.versions.node}`, ...(peers ? [peers.versions] : [])];
const notes = [`${basename(model.path)} on ${machine(...versions)}`, watch.warning].filter(
  (note) => note !== undefined,
);
report('changes', tableOf(measurements), ...notes);

async function measure(engine: Engine, peer: Peer | undefined): Promise<Measurement[]> {
  const { numHiddenLayers } = model.config;
  const occluded = await timesOf(engine, peer, SOURCES, SOURCES, () => occlude(engine));
  const cells = PATCHED_TOKENS * numHiddenLayers;
  const patched = await timesOf(engine, peer, PATCHED_TOKENS, cells, () => patch(engine));
  return [
    ...rowsOf(`Each of ${SOURCES} tokens hidden from those after it`, occluded, SOURCES, { times: 3 }),
    ...rowsOf(`${PATCHED_TOKENS} tokens × ${numHiddenLayers} layers patched`, patched, cells, { atMost: 2 }),
  ];
}

/** How long something takes, and how long `count` passes over so many tokens. */
async function timesOf(
  engine: Engine,
  peer: Peer | undefined,
  tokens: number,
  count: number,
  ours: () => Promise<number>,
) {
  const times = await watch.fastest(ROUNDS, {
    ours,
    own: async () => {
      let total = 0;
      for (let pass = 0; pass < PASSES; pass++) {
        total += (await readFresh(engine, texts.next(tokens), tokens)).forwardSeconds;
      }
      return (count / PASSES) * total;
    },
    ...(peer && {
      peer: async () => (count / PASSES) * (await peer.passes(idsOf(texts.next(tokens)), PASSES)),
    }),
  });
  return times;
}

function rowsOf(
  what: string,
  { ours = Number.NaN, own, peer }: Partial<Record<'ours' | 'own' | 'peer', number>>,
  passes: number,
  aim: Measurement['aim'],
): Measurement[] {
  const row = { what, ours, show: seconds };
  return [
    { ...row, other: own, otherIs: `for ${passes} passes of Vitrine`, aim },
    ...(peer === undefined ? [] : [{ ...row, other: peer, otherIs: `for ${passes} passes of ${TRANSFORMERS}` }]),
  ];
}

async function occlude(engine: Engine): Promise<number> {
  const { trace } = await readFresh(engine, texts.next(SOURCES), SOURCES);
  const spans = Array.from({ length: SOURCES }, (_, at) => ({ from: at, to: at + 1 }));
  const started = performance.now();
  await engine.occlusion({ task: 0, trace, targets: { from: SOURCES, to: SOURCES + 1 }, spans });
  return (performance.now() - started) / 1000;
}

/** Texts that differ in every token. */
async function patch(engine: Engine): Promise<number> {
  const ids = idsOf(texts.next(PATCHED_TOKENS));
  const { trace } = await engine.forwardTokens({ task: 0, ids: [...ids] });
  const { trace: source } = await engine.forwardTokens({ task: 0, ids: [...ids].reverse() });
  const started = performance.now();
  await engine.patchGrid({
    task: 0,
    trace,
    source,
    position: PATCHED_TOKENS,
    site: 'residual',
    layers: { from: 0, to: model.config.numHiddenLayers },
    columns: { from: 0, to: PATCHED_TOKENS },
  });
  return (performance.now() - started) / 1000;
}

function idsOf(text: string): Uint32Array {
  return Uint32Array.from(model.tokenizer.encode(text).ids);
}
