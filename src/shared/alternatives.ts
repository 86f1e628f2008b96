import type { ModelInfo } from './engine-api';

/** Alternatives that a server is asked for with every text: those that its colours and hovers take. */
export const SERVED_ALTERNATIVES = 5;

/** Alternatives that are listed of a place, where as many are to be had. */
export const LISTED_ALTERNATIVES = 20;

/** How many are known of every place of a text at once: of a server those that came with the text, since more cost another reading of it. */
export function alternativesKnown(model: Pick<ModelInfo, 'server'> | undefined): number {
  return model?.server ? SERVED_ALTERNATIVES : LISTED_ALTERNATIVES;
}
