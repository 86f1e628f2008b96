import type { Engine } from '../../src/engine/client';
import { meanDifference } from '../../test/support/compare';
import type { Bench } from './bench';
import { exactnessTexts } from './exactness-texts';
import { type Numbers, withPeer } from './peer';
import type { Aim, Measurement } from './table';
import { withEngine } from './vitrine';

/** Tokens of a text. In float64 one of 256 takes ten seconds. */
const TOKENS = 256;

/** No more than twice as far from float64 as torch's float32. */
const AIM: Aim = { times: 0.5 };

const NAMES: Record<keyof Numbers, string> = {
  logprob: 'log-probability',
  entropy: 'entropy, bits',
  lens: 'logit lens',
  attention: 'attention',
};

/** The distance (root mean square) to the same computed in float64 throughout, of Vitrine and of transformers. */
export async function measureExactness(bench: Bench): Promise<Measurement[]> {
  const { peers, model } = bench;
  if (!peers) return [];
  console.error('Distance to float64');
  return withPeer(peers, peers.checkpoint, (peer) =>
    withEngine(bench, async (engine) => {
      const measurements: Measurement[] = [];
      for (const [text, ids] of Object.entries(exactnessTexts(model.tokenizer, TOKENS))) {
        const ours = await numbersOf(engine, ids);
        const { float64, float32 } = await peer.numbers(ids);
        for (const name of Object.keys(NAMES) as (keyof Numbers)[]) {
          measurements.push({
            what: `Distance to float64, ${text}: ${NAMES[name]}`,
            ours: meanDifference(ours[name], float64[name]),
            other: meanDifference(float32[name], float64[name]),
            otherIs: 'transformers (float32)',
            aim: AIM,
            show: (value) => value.toExponential(1),
          });
        }
      }
      return measurements;
    }),
  );
}

/** What the engine computes of a text. */
export async function numbersOf(engine: Engine, ids: Uint32Array): Promise<Record<keyof Numbers, ArrayLike<number>>> {
  const all = { from: 0, to: ids.length };
  const { trace } = await engine.forwardTokens({ task: 0, ids: [...ids] });
  const { logprob, entropyAfter: entropy } = await engine.predictions({ trace, ...all });
  const { layers, nextLogprob } = await engine.logitLens({ trace, ...all, topK: 1 });
  const lens = layers
    .slice(0, -1)
    .flatMap((_, i) => [...nextLogprob.subarray(i * ids.length, (i + 1) * ids.length - 1)]);
  const attention = await engine.attentionOfQuery({ trace, query: ids.length - 1 });
  return { logprob: logprob.subarray(1), entropy, lens, attention };
}
