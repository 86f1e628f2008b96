import { readFileSync } from 'node:fs';
import type { Bench, Peers } from './bench';
import { attentionsFit, withPeer } from './peer';
import { type Aim, type Measurement, megabytes, tokenCount } from './table';
import { readFresh, withEngine } from './vitrine';

/** By number of tokens. */
const AIMS = new Map<number, Aim>([[2048, { atMost: 1.2e9 }]]);

/** Peaks in bytes, by number of tokens. */
type Peaks = Map<number, number>;

/** The peak of a fresh process that loads the model and reads one text; Linux only, for others do not tell. */
export async function measureMemory(bench: Bench): Promise<Measurement[]> {
  if (process.platform !== 'linux') return [];
  console.error('Peak memory');
  const ours: Peaks = new Map();
  const transformers: Peaks = new Map();
  const attentions: Peaks = new Map();
  for (const tokens of bench.plan.memory) {
    const { ids, peak } = await ourPeak(bench, tokens);
    ours.set(tokens, peak);
    if (!bench.peers) continue;
    transformers.set(tokens, await peerPeak(bench.peers, ids, false));
    if (attentionsFit(bench.model.config, tokens)) attentions.set(tokens, await peerPeak(bench.peers, ids, true));
  }
  return [...compare(ours, transformers, 'transformers'), ...compare(ours, attentions, 'transformers with attentions')];
}

async function ourPeak(bench: Bench, tokens: number): Promise<{ ids: Uint32Array; peak: number }> {
  return withEngine(bench, async (engine) => {
    const { ids } = await readFresh(engine, bench.texts.next(tokens), tokens);
    return { ids, peak: peakOf(engine.pid) };
  });
}

async function peerPeak(peers: Peers, ids: Uint32Array, attentions: boolean): Promise<number> {
  return withPeer(peers, peers.checkpoint, async (peer) => {
    await peer.forward(ids, attentions);
    return peakOf(peer.pid);
  });
}

/** The largest resident set that a process has had, in bytes: proc(5). */
function peakOf(pid: number | undefined): number {
  const kibibytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kibibytes) * 1024;
}

function compare(ours: Peaks, others: Peaks, otherIs: string): Measurement[] {
  const peaks = [...ours].map(
    ([tokens, peak]): Measurement => ({
      what: `Peak memory, ${tokenCount(tokens)}`,
      ours: peak,
      other: others.get(tokens),
      otherIs,
      aim: AIMS.get(tokens),
      show: megabytes,
    }),
  );
  const slope: Measurement = {
    what: 'Memory of 1,000 tokens more',
    ours: slopeOf(ours),
    other: others.size > 1 ? slopeOf(others) : undefined,
    otherIs,
    show: megabytes,
  };
  return [...peaks, slope];
}

/** Bytes that 1,000 tokens more take, from the shortest text to the longest. */
function slopeOf(peaks: Peaks): number {
  const [[from, low] = [0, 0], [to, high] = [0, 0]] = [[...peaks][0], [...peaks].at(-1)];
  return (1000 * (high - low)) / (to - from);
}
