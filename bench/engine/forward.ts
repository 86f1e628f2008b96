import type { Engine } from '../../src/engine/client';
import type { Bench } from './bench';
import { forwardFlops } from './model';
import { attentionsFit, type Peer, TRANSFORMERS, TRANSFORMERS_WITH_ATTENTIONS, withPeer } from './peer';
import { createProduct, PRODUCT_FLOPS, PRODUCT_SIZE } from './product';
import { type Aim, type Measurement, seconds, tokenCount } from './table';
import { readFresh, withEngine } from './vitrine';
import type { Side } from './watch';

/** What takes its turn in a round: two readings of the machine's peak, and three of the text. */
type Turn = 'product' | 'torchProduct' | 'vitrine' | 'transformers' | 'attentions';

/** Shortest seconds. */
type Times = Partial<Record<Turn, number>>;

const SHARE_OF_PEAK: Aim = { times: 0.85 };
const OVER_TRANSFORMERS: Aim = { times: 1 };
/** By number of tokens. */
const OVER_ATTENTIONS = new Map<number, Aim>([
  [512, { times: 1.4 }],
  [2048, { times: 2.7 }],
]);

/** Both sides compute the same numbers; a larger difference of a text's mean logprob says that they do not. */
const TOLERANCE = 1e-3;

/** The forward pass with the statistics of every position, against the machine's matrix product and transformers. */
export async function measureForward(bench: Bench): Promise<Measurement[]> {
  const { peers } = bench;
  const measure = (peer?: Peer) => withEngine(bench, (engine) => timeAll(bench, engine, peer));
  const times = await (peers ? withPeer(peers, peers.checkpoint, measure) : measure());
  const products = [...times.values()].flatMap(({ product, torchProduct }) => [product, torchProduct]);
  const peak = PRODUCT_FLOPS / Math.min(...products.filter((time) => time !== undefined));
  return [...times].flatMap(([tokens, of]) => compare(bench, tokens, of, peak));
}

async function timeAll(bench: Bench, engine: Engine, peer: Peer | undefined): Promise<Map<number, Times>> {
  const product = await createProduct();
  const times = new Map<number, Times>();
  for (const { tokens, rounds } of bench.plan.forward) {
    console.error(`Forward, ${tokenCount(tokens)}`);
    const readings = readingTurns(bench, engine, peer, tokens);
    const peaks = { product, ...(peer && { torchProduct: () => peer.product(PRODUCT_SIZE) }) };
    times.set(tokens, await bench.watch.fastest<Turn>(rounds, { ...peaks, ...readings }));
  }
  return times;
}

/** In the order of a round: Vitrine reads a new text, then the peer reads its tokens. */
function readingTurns(bench: Bench, engine: Engine, peer: Peer | undefined, tokens: number) {
  let ids: Uint32Array = new Uint32Array();
  let logprob = Number.NaN;
  const vitrine: Side = async () => {
    const trace = await readFresh(engine, bench.texts.next(tokens), tokens);
    const predictions = await engine.predictions({ trace: trace.trace, from: 1, to: tokens, topK: 0 });
    ids = trace.ids;
    logprob = predictions.logprob.reduce((sum, value) => sum + value, 0) / (tokens - 1);
    return trace.forwardSeconds;
  };
  if (!peer) return { vitrine };
  const read = (attentions: boolean) => async () => {
    const answer = await peer.forward(ids, attentions);
    if (!(Math.abs(answer.logprob - logprob) < TOLERANCE)) {
      throw new Error(`The mean logprob of the text is ${logprob}, and by transformers ${answer.logprob}.`);
    }
    return answer.seconds;
  };
  const fits = attentionsFit(bench.model.config, tokens);
  return { vitrine, transformers: read(false), ...(fits && { attentions: read(true) }) };
}

function compare({ model }: Bench, tokens: number, times: Times, peak: number): Measurement[] {
  const flops = forwardFlops(model, tokens);
  const shared = { what: `Forward, ${tokenCount(tokens)}`, ours: times.vitrine ?? Number.NaN, show: seconds };
  const measurements: Measurement[] = [
    {
      ...shared,
      other: flops / peak,
      otherIs: "at the matrix product's rate",
      aim: SHARE_OF_PEAK,
      show: (value) => `${seconds(value)}, ${(flops / value / 1e9).toFixed(0)} GF/s`,
    },
    { ...shared, other: times.transformers, otherIs: TRANSFORMERS, aim: OVER_TRANSFORMERS },
    {
      ...shared,
      other: times.attentions,
      otherIs: TRANSFORMERS_WITH_ATTENTIONS,
      aim: OVER_ATTENTIONS.get(tokens),
    },
  ];
  return measurements.filter(({ other }) => other !== undefined);
}
