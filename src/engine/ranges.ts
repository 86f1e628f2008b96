import { hasAttention, kindOf, type ModelConfig } from '../model/config';
import { type Sentence, sentence, VitrineError } from '../shared/errors';
import type { HeadAddress } from '../shared/head-address';
import type { Trace } from './trace';

/* A request that is valid in form may still ask for what a trace or a model does not have: `request.range`. */

/** Checks that a text has the positions [from, to). */
export function checkRange({ ids }: Pick<Trace, 'ids'>, { from, to }: { from: number; to: number }): void {
  if (from < to && to <= ids.length) return;
  throw new VitrineError(
    'request.range',
    sentence`The tokens ${from} to ${to} were asked for, and the text has ${ids.length}. Ask for a range inside it.`,
  );
}

export function checkPosition(trace: Pick<Trace, 'ids'>, position: number): void {
  checkRange(trace, { from: position, to: position + 1 });
}

export function checkHead({ numHiddenLayers, numAttentionHeads }: ModelConfig, { layer, head }: HeadAddress): void {
  checkIndex(sentence`layer`, layer, numHiddenLayers);
  checkIndex(sentence`head`, head, numAttentionHeads);
}

/** Checks that a layer, which there is, has heads to look at. */
export function checkAttention(config: ModelConfig, layer: number): void {
  if (hasAttention(kindOf(config, layer))) return;
  throw new VitrineError(
    'request.range',
    sentence`Layer ${layer} has no attention matrix: it carries a state from token to token instead. Choose another layer.`,
  );
}

/** @param what of the model there are `count`, as a noun */
export function checkIndex(what: Sentence, index: number, count: number): void {
  if (index < count) return;
  throw new VitrineError(
    'request.range',
    sentence`There is no ${what} ${index}: this model's go from 0 to ${count - 1}.`,
  );
}
