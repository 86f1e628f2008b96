import { codePoints } from '../text/characters';
import type { Ranges } from '../text/ranges';

/** Parts of a text that have stood there before. */
export interface Repeats {
  parts: Ranges;
  isRepeat(index: number): boolean;
  count: number;
  /** Of those that have stood there before, in code points. */
  points: number;
}

export function repeatsOf(text: string, parts: Ranges): Repeats {
  const seen = new Set<string>();
  const repeats = new Set<number>();
  let points = 0;
  for (let i = 0; i < parts.count; i++) {
    const part = text.slice(parts.start(i), parts.end(i));
    if (seen.has(part)) {
      repeats.add(i);
      points += codePoints(text, parts.start(i), parts.end(i));
    } else seen.add(part);
  }
  return { parts, isRepeat: (index) => repeats.has(index), count: repeats.size, points };
}
