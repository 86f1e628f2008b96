import { readdirSync, readFileSync } from 'node:fs';
import { defaultModelPath } from '../../models/catalogue';
import type { Part } from '../../src/shared/why-api';
import type { PATCH_SITES } from '../../src/shared/why-requests';
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

/** What becomes of the two tokens where each part is taken away by itself. */
export interface AblationsGolden extends Asked {
  by: { kind: 'gain'; value: number } | { kind: 'mean' } | { kind: 'resample' };
  parts: Part[];
  base: number[];
  logprobs: number[][];
}

export interface OcclusionsGolden {
  targets: Rows;
  ids: number[];
  spans: Rows[];
  replacement?: number;
  base: number[];
  /** [span][target] */
  logprobs: number[][];
}

/** The other text with parts of the text. */
export interface PatchingGolden extends Asked {
  clean: number[];
  corrupt: number[];
  /** [layer][column] of pairs. */
  grids: { site: (typeof PATCH_SITES)[number]; layers: Rows; columns: Rows; logprobs: number[][][] }[];
}

export interface RunGolden {
  headMask: { layer: number; head: number; value: number }[];
  hidden: Rows[];
  /** From the other text. */
  patches: { site: 'residual' | 'attention' | 'mlp'; layer: number; position: number; source: Place }[];
  steered: boolean;
  /** Of all tokens but the first. */
  logprobs: number[];
  /** Of the two tokens asked about, after the end. */
  after: number[];
}

type Rows = { from: number; to: number };
type Place = { layer: number; position: number };

/** Two texts of as many tokens, and what becomes of the first's end where something is changed. */
export interface Changes {
  other: number[];
  steeringScale: number;
  ablations: AblationsGolden[];
  occlusions: OcclusionsGolden[];
  patching: PatchingGolden;
  runs: RunGolden[];
}

export interface Attributions {
  ids: number[];
  why: WhyGolden[];
  headSources: HeadSourcesGolden[];
  neurons: NeuronsGolden[];
}

export const whyGolden = <T>(name: string): T => JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8'));

export interface WhyCase<Golden = Attributions> {
  name: string;
  path: string;
  golden: Golden;
}

/** Of three heads that are switched off together. */
export interface HeadsOff {
  by: 'direct' | 'total';
  heads: { layer: number; head: number }[];
  logprobs: number[];
  /** The most probable token without them. */
  answer: number;
}

const names = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.slice(0, -'.json'.length));

/** Tiny models as Hugging Face folders, which lose nothing, with their values; some lie beside the repository, and not with every clone. */
export const WHY_CASES: WhyCase<Attributions & Partial<Changes>>[] = names.flatMap((name) => {
  const model = ARCHITECTURE_CASES.find((one) => one.name === name && one.format === 'huggingFace');
  return model ? [{ name, path: model.path, golden: whyGolden(name) }] : [];
});

/** Those of them that have changed runs: one of each family. */
export const CHANGED_CASES = WHY_CASES.filter(({ golden }) => golden.runs) as WhyCase<Attributions & Changes>[];

/** Texts that the embedded model reads. */
export const DEFAULT_WHY_CASES: WhyCase[] = ['smollm2-ioi', 'smollm2-mouse'].map((name) => defaultCase(name));

/** The sentence of indirect object identification (Wang et al. 2022, arXiv 2211.00593), and the same with the names swapped. */
export const NAMES_CASE = defaultCase<
  Attributions & Changes & { text: string; otherText: string; everyHead: number[][]; strongestThree: HeadsOff[] }
>('smollm2-ioi');

function defaultCase<T>(name: string): WhyCase<T> {
  return { name, path: defaultModelPath(), golden: whyGolden(name) };
}
