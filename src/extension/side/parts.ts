import type { Span } from '../../shared/tokens';

/** Children of one tree item, at most: as many as are read at a glance and made in a moment. */
const MOST_PARTS = 200;

/**
 * Cuts a range into at most 200 parts of `unit`, or of 200 times that, or of 200 times 200 …, the last of which may be
 * shorter: so any number of things can hang on a tree without any item having many children.
 */
export function partsOf({ start, end }: Span, unit: number): Span[] {
  let size = unit;
  while (end - start > MOST_PARTS * size) size *= MOST_PARTS;
  return Array.from({ length: Math.ceil((end - start) / size) }, (_, index) => ({
    start: start + index * size,
    end: Math.min(end, start + (index + 1) * size),
  }));
}
