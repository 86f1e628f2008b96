import type { Sentence } from '../shared/errors';
import { sentence } from '../shared/errors';
import type { VocabularySpecification } from '../shared/tokens';
import { createTokenizer } from '../tokenizer';
import { atOnce } from '../tokenizer/slices';
import { type AdaptedCheckpoint, isAdapted } from './adapters/adapted-checkpoint';
import type { Addition } from './adapters/addition';
import { additionsTo } from './adapters/keep-apart';
import { architectureOf } from './architectures';
import { checkpointIdentity } from './cache/checkpoint-identity';
import type { Checkpoint } from './checkpoint/checkpoint';
import type { ModelConfig } from './config';
import { namesOf, type Plan, type PlanOptions } from './plan';
import { refuseOtherVocabulary } from './vocabulary-fits';
import type { PlacedWeight } from './weights';

/** A model whose adapter stays out of its weights, which are those of the model alone. */
export interface KeptApart {
  base: Checkpoint;
  adapted: AdaptedCheckpoint;
  /** By the names of the weights. */
  additions: ReadonlyMap<string, Addition>;
}

/** What an adapter adds, read into memory; or, for a person, why it is merged. Undefined without an adapter. */
export function keepApart(checkpoint: Checkpoint): KeptApart | Sentence | undefined {
  if (!isAdapted(checkpoint)) return undefined;
  const { base, changes, adapter } = checkpoint;
  const architecture = architectureOf(base);
  const specs = architecture.weights(base, architecture.config(base));
  const additions = additionsTo(base, specs, changes, adapter.path);
  if (additions instanceof Map) return { base, adapted: checkpoint, additions };
  return sentence`The adapter is merged into the weights and has no gain: ${additions}.`;
}

export const isKeptApart = (apart: KeptApart | Sentence | undefined): apart is KeptApart =>
  apart !== undefined && 'additions' in apart;

/** What a compiled model is called and reads with an adapter that is kept apart from it. */
export async function withAdapterApart(
  plan: Plan,
  { adapted, additions }: KeptApart,
  { cache }: PlanOptions,
): Promise<{
  config: ModelConfig;
  ownName: string;
  sha256: string;
  vocabulary: VocabularySpecification;
  weights: ReadonlyMap<string, PlacedWeight>;
}> {
  const { adapter } = adapted;
  const { ownName, name, vocabularyName } = namesOf(plan.ownName, adapter, plan);
  const notes = [...(plan.config.notes ?? []), ...adapter.notes];
  const config = { ...plan.config, name, vocabularyName, adapter: adapter.name, notes };
  const vocabulary = adapter.hasTokenizer
    ? { ...atOnce(adapted.vocabulary()), vocabSize: config.vocabSize }
    : plan.vocabulary;
  if (adapter.hasTokenizer) refuseOtherVocabulary(adapter.path, createTokenizer(vocabulary), config);
  const identity = await checkpointIdentity(adapter.files, cache.folder, { trust: 'ownReading' });
  const weights = new Map(
    Array.from(plan.weights, ([of, placed]) => [of, { ...placed, addition: additions.get(of) }] as const),
  );
  return { config, ownName, sha256: `${plan.sha256}+${identity}`, vocabulary, weights };
}
