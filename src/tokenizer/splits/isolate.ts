import { classOf, codePointAt, runEnd, runEndOutside, unitsOf } from '../unicode/character-class';
import type { Split } from './split';

/** Every character of these classes is a piece of its own, and so is what lies between: `[mask]`. */
export function isolateEach(mask: number): Split {
  return (units, from, end) => {
    const point = codePointAt(units, from, end);
    return classOf(point) & mask ? from + unitsOf(point) : runEndOutside(units, from, end, mask);
  };
}

/** Every run of characters of these classes is a piece, and so is what lies between: `[mask]+`. */
export function isolateRuns(mask: number): Split {
  return (units, from, end) =>
    classOf(codePointAt(units, from, end)) & mask
      ? runEnd(units, from, end, mask)
      : runEndOutside(units, from, end, mask);
}
