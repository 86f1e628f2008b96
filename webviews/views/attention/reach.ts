import type { ModelInfo } from '../../../src/shared/engine-api';
import type { AttentionScope } from './attention-scope';

/**
 * How many keys a query sees in a local layer, itself included; undefined where that is all before it, as in a text that
 * is no longer, and over several layers.
 *
 * @param tokens of the text
 */
export function reachOf(
  { layers }: Pick<ModelInfo, 'layers'>,
  { kind, layer }: AttentionScope,
  tokens: number,
): number | undefined {
  const slidingWindow = kind === 'rollout' ? undefined : layers[layer]?.slidingWindow;
  return slidingWindow !== undefined && slidingWindow < tokens ? slidingWindow : undefined;
}

/** Whether a key lies further back than its query sees. */
export const isOutOfReach = (query: number, key: number, reach: number | undefined): boolean =>
  reach !== undefined && query - key >= reach;
