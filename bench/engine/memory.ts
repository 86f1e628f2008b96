import { peakOf } from '../process';
import type { Bench, Peers } from './bench';
import { attentionsFit, TRANSFORMERS, TRANSFORMERS_WITH_ATTENTIONS, withPeer } from './peer';
import { type Aim, type Measurement, megabytes, tokenCount } from './table';
import { readFresh, withEngine } from './vitrine';

/** By number of tokens. */
const AIMS = new Map<number, Aim>([[2048, { atMost: 1.2e9 }]]);

/** Of a fresh process that loads the model and reads a text, in bytes. */
interface Peaks {
  tokens: number;
  ours: number;
  transformers?: number;
  attentions?: number;
}

/** Linux only: other systems do not tell a process's peak. */
export async function measureMemory(bench: Bench): Promise<Measurement[]> {
  if (process.platform !== 'linux') return [];
  console.error('Peak memory');
  const peaks: Peaks[] = [];
  for (const tokens of bench.plan.memory) peaks.push(await measurePeaks(bench, tokens));
  return [...peaks.flatMap(compare), ...compareGrowth(peaks)];
}

async function measurePeaks(bench: Bench, tokens: number): Promise<Peaks> {
  const { peers, model } = bench;
  const { ids, peak } = await ourPeak(bench, tokens);
  const peaks: Peaks = { tokens, ours: peak };
  if (!peers) return peaks;
  peaks.transformers = await peerPeak(peers, ids, false);
  if (attentionsFit(model.config, tokens)) peaks.attentions = await peerPeak(peers, ids, true);
  return peaks;
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

function compare({ tokens, ours, transformers, attentions }: Peaks): Measurement[] {
  const shared = { what: `Peak memory, ${tokenCount(tokens)}`, ours, aim: AIMS.get(tokens), show: megabytes };
  const measurements: Measurement[] = [{ ...shared, other: transformers, otherIs: TRANSFORMERS }];
  if (attentions) measurements.push({ ...shared, other: attentions, otherIs: TRANSFORMERS_WITH_ATTENTIONS });
  return measurements;
}

/** What 1,000 tokens more take, from the shortest text to the longest. */
function compareGrowth(peaks: Peaks[]): Measurement[] {
  const [first, last] = [peaks[0], peaks.at(-1)];
  if (!first || !last) return [];
  const growth = (low = Number.NaN, high = Number.NaN) => (1000 * (high - low)) / (last.tokens - first.tokens);
  const other = last.transformers && growth(first.transformers, last.transformers);
  const what = `Memory of 1,000 tokens more, from ${first.tokens} to ${last.tokens}`;
  return [{ what, ours: growth(first.ours, last.ours), other, otherIs: TRANSFORMERS, show: megabytes }];
}
