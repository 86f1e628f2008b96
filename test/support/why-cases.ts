import { readdirSync, readFileSync } from 'node:fs';
import { defaultModelPath } from '../../models/catalogue';
import { ARCHITECTURE_CASES } from './architecture-cases';

/* What transformers says of the cause of a token: README.md beside the fixtures. */

const FOLDER = new URL('../fixtures/why/', import.meta.url);

export interface Asked {
  position: number;
  token: number;
  against: number;
}

export interface WhyGolden extends Asked {
  logprobs: [number, number];
  logitDifference: number;
  /** The largest logit of the row: what a tolerance is a share of. */
  scale: number;
  embedding: number;
  heads: number[][];
  mixers: number[];
  attentionBiases: number[];
  mlps: number[];
  bias: number;
  sources: number[];
  softCap: number;
}

export interface HeadSourcesGolden extends Asked {
  layer: number;
  head: number;
  weights: number[];
  values: number[];
  norms: number[];
}

export interface NeuronsGolden extends Asked {
  layer: number;
  total: number;
  bias: number;
  count: number;
  strongest: NeuronGolden[];
}

export interface NeuronGolden {
  expert?: number;
  neuron: number;
  activation: number;
  value: number;
  promotes: number[];
  suppresses: number[];
}

export interface Attributions {
  ids: number[];
  why: WhyGolden[];
  headSources: HeadSourcesGolden[];
  neurons: NeuronsGolden[];
}

export const whyGolden = <T = WhyCase['golden']>(name: string): T =>
  JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8'));

export interface WhyCase {
  name: string;
  path: string;
  golden: Attributions;
}

const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length));

/** Tiny models as Hugging Face folders, which lose nothing, with their values; some lie beside the repository, and not with every clone. */
export const WHY_CASES: WhyCase[] = names.flatMap((name) => {
  const model = ARCHITECTURE_CASES.find((one) => one.name === name && one.format === 'huggingFace');
  return model ? [{ name, path: model.path, golden: whyGolden(name) }] : [];
});

/** Texts that the embedded model reads. */
export const DEFAULT_WHY_CASES: WhyCase[] = ['smollm2-ioi', 'smollm2-mouse'].map((name) => ({
  name,
  path: defaultModelPath(),
  golden: whyGolden(name),
}));
