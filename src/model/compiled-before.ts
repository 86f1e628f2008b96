import type { ModelInfo } from '../shared/engine-api';
import type { VocabularySpecification } from '../shared/tokens';
import { isIdentityKnown } from './cache/identity';
import { approximationOf, withCheckpoint } from './compile';
import { type PlanOptions, planOf } from './plan';

/** What decides the numbers of a model, and how texts become its tokens. */
export interface CompiledBefore extends Pick<ModelInfo, 'name' | 'sha256' | 'approximation' | 'contextLength'> {
  vocabulary: VocabularySpecification;
}

/**
 * What a model is that was compiled before, without loading it: for whoever may have all of its numbers already. Undefined
 * of one that was not, and of one whose files have changed since.
 *
 * @throws VitrineError in a sentence about the file
 */
export function compiledBefore(
  path: string,
  options: Omit<PlanOptions, 'adapterApart'>,
): Promise<CompiledBefore | undefined> {
  return withCheckpoint(path, options, async (checkpoint) => {
    const known = await Promise.all(checkpoint.files.map((file) => isIdentityKnown(file, options.cache.folder)));
    if (!known.every(Boolean)) return undefined;
    const plan = await planOf(checkpoint, options);
    if (plan.found === undefined) return undefined;
    const { config, sha256, vocabulary } = plan;
    const approximation = await approximationOf(checkpoint, plan, options, plan.found);
    return { name: config.name, contextLength: config.contextLength, sha256, approximation, vocabulary };
  });
}
