import { divergenceStatistics } from '../../../src/comparison/divergence-statistics';
import type { Comparisons } from '../../../src/shared/comparisons';
import type { ComparedText, ModelSide, TokenDifferences } from '../../../src/shared/difference-api';
import type { ComparisonState } from '../../../src/shared/inspector-api';
import { interventionsOf } from '../../../src/shared/steering';
import { createTokenizerInSlices, isSameVocabulary as sameVocabulary } from '../../../src/tokenizer';
import { differencesOf, type ReadBy, spansOf } from './compared-engines';
import { comparedModel } from './compared-model';
import type { TestHostApi } from './host-api';
import type { Stage } from './stage';

/** What views ask about two models. */
export function createComparisons(stage: Stage, hostApi: TestHostApi): Comparisons {
  const change = (changes: Partial<ComparisonState>) => {
    const { comparison } = hostApi.state;
    if (comparison) hostApi.change({ comparison: { ...comparison, ...changes, revision: comparison.revision + 1 } });
  };
  return {
    differences: () => compare(stage, hostApi),
    divergence: async ({ whole }) => {
      const { tokens } = await compare(stage, hostApi);
      const { shown = [] } = hostApi.state.subject ?? {};
      const isShown = (pair: number) =>
        shown.some(({ start, end }) => (tokens.starts[pair] ?? 0) < end && (tokens.ends[pair] ?? 0) > start);
      return divergenceStatistics([whole ? tokens : pairsWhere(tokens, isShown)]);
    },
    scorePair: async ({ prompt, chosen, rejected }) => ({
      sameVocabulary: await isSameVocabulary(stage, hostApi),
      chosen: await scoreAnswer(stage, hostApi, prompt, chosen),
      rejected: await scoreAnswer(stage, hostApi, prompt, rejected),
    }),
    sameVocabulary: () => isSameVocabulary(stage, hostApi),
    compareWith: async () => {
      hostApi.did.comparedWith++;
    },
    compareForm: (form) => hostApi.compare({ kind: 'weights', label: form, weights: form }),
    stopComparing: async () => hostApi.change({ comparison: undefined }),
    setAdapterGain: async (gain) => {
      hostApi.did.gains.push(gain);
      change({ adapterGain: gain });
    },
  };
}

async function compare(stage: Stage, hostApi: TestHostApi): Promise<ComparedText> {
  const { subject } = hostApi.state;
  if (!subject?.read) throw new Error('nothing is read');
  const a: ReadBy = { engine: stage.engine, read: subject.read };
  const b = await readByOther(stage, hostApi, subject.text);
  const same = await isSameVocabulary(stage, hostApi);
  const sides = same ? await differencesOf(stage, a, b) : noPairs();
  const from = a.read.ids.length - sides.kl.length;
  const positions = Uint32Array.from(sides.kl, (_, pair) => from + pair);
  const at = (values: Uint32Array) => Uint32Array.from(positions, (position) => values[position] ?? 0);
  return {
    text: subject.text,
    sameVocabulary: same,
    tokens: {
      ...sides,
      ids: at(a.read.ids),
      starts: at(a.read.starts),
      ends: at(a.read.ends),
      positionsA: positions,
      positionsB: positions,
    },
    spans: await spansOf(a, b),
    traceA: a.read.trace,
    traceB: b.read.trace,
  };
}

async function isSameVocabulary(stage: Stage, hostApi: TestHostApi): Promise<boolean> {
  const { path } = hostApi.comparedWith ?? {};
  if (path === undefined) return true;
  const vocabularies = [stage.engine, (await stage.another({ path })).engine].map((engine) => engine.vocabulary({}));
  const [a, b] = await Promise.all((await Promise.all(vocabularies)).map(createTokenizerInSlices));
  return a !== undefined && b !== undefined && sameVocabulary(a, b);
}

/** The text as the model reads it that is compared with. */
async function readByOther(stage: Stage, hostApi: TestHostApi, text: string): Promise<ReadBy> {
  const { engine, changes } = await comparedModel(stage, hostApi);
  return { engine, read: await engine.forward({ task: stage.newTask(), text, ...interventionsOf(changes) }) };
}

async function scoreAnswer(stage: Stage, hostApi: TestHostApi, prompt: string, answer: string) {
  const text = prompt + answer;
  const a: ReadBy = {
    engine: stage.engine,
    read: await stage.engine.forward({ task: stage.newTask(), text }),
  };
  const spans = (await spansOf(a, await readByOther(stage, hostApi, text))).filter(({ end }) => end > prompt.length);
  const sum = (of: 'logprobA' | 'logprobB') => spans.reduce((total, span) => total + span[of], 0);
  return {
    text: answer,
    tokens: spans.map(({ start, end, logprobA, logprobB }) => ({ text: text.slice(start, end), logprobA, logprobB })),
    logprobA: sum('logprobA'),
    logprobB: sum('logprobB'),
  };
}

/** Some of the pairs. */
function pairsWhere(all: TokenDifferences, isKept: (pair: number) => boolean): TokenDifferences {
  const { topK } = all;
  const keep = <T extends Float64Array | Uint32Array | Float32Array>(values: T, width = 1) =>
    values.filter((_: number, at: number) => isKept(Math.floor(at / width))) as T;
  const side = ({ logprob, rank, entropy, topIds, topLogprobs, ...bounds }: ModelSide): ModelSide => ({
    ...bounds,
    logprob: keep(logprob),
    rank: keep(rank),
    entropy: keep(entropy),
    topIds: keep(topIds, topK),
    topLogprobs: keep(topLogprobs, topK),
  });
  return { a: side(all.a), b: side(all.b), kl: keep(all.kl), reverseKl: keep(all.reverseKl), topK };
}

const noPairs = () => ({
  a: emptyPairs(),
  b: emptyPairs(),
  kl: new Float64Array(),
  reverseKl: new Float64Array(),
  topK: 5,
});

const emptyPairs = () => ({
  logprob: new Float64Array(),
  rank: new Uint32Array(),
  entropy: new Float64Array(),
  topIds: new Uint32Array(),
  topLogprobs: new Float32Array(),
});
