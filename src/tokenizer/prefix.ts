import type { Before } from './before';

/**
 * Which pieces begin with a space that is not in the text: the first of a text, or also every one after an added token.
 */
export interface SpacePrefix {
  where: 'text' | 'segment';
  /** Whether also a piece does that begins with a space of its own. */
  always: boolean;
}

/** Whether a piece may have a prefix where it stands. */
export function isPrefixed(prefix: SpacePrefix | undefined, before: Before): boolean {
  return prefix !== undefined && (before === 'nothing' || (before === 'added' && prefix.where === 'segment'));
}
