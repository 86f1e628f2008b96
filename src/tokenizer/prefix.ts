import type { Before } from './before';

/**
 * Which pieces begin with a space that is not in the text: the first of a text, also the first after an added token, or
 * every one.
 */
export interface SpacePrefix {
  where: 'text' | 'segment' | 'piece';
  /** Whether also a piece does that begins with a space of its own. */
  always: boolean;
  /** Whether a normaliser puts it there, so that it need not be thought of again until tokens become text. */
  isWritten: boolean;
}

/** Whether a piece may have a prefix where it stands, in the text or in what its tokens say. */
export function isPrefixed(prefix: SpacePrefix | undefined, before: Before): boolean {
  if (!prefix) return false;
  return before === 'nothing' || (before === 'added' && prefix.where !== 'text') || prefix.where === 'piece';
}
