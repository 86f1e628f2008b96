import type { Pattern } from './patterns';
import { leftOut, type Split } from './split';

/** What becomes of what a pattern finds (tokenizers, SplitDelimiterBehavior). */
export const BEHAVIORS = ['Removed', 'Isolated', 'MergedWithPrevious', 'MergedWithNext', 'Contiguous'] as const;

export type Behavior = (typeof BEHAVIORS)[number];

/** A part of a text that was found, or what lies between two. */
interface Part {
  end: number;
  found: boolean;
}

/**
 * Splits where a pattern is found. It reads a piece from its start to its end, so each scan needs one of its own.
 *
 * @param invert whether what lies between is what is found
 */
export function patternSplit(pattern: Pattern, behavior: Behavior, invert: boolean): Split {
  const fork = (): Split => {
    let units: Uint16Array | undefined;
    let at = -1;
    let limit = -1;
    let pieces: Iterator<number> | undefined;
    return (text, from, end) => {
      if (!pieces || text !== units || from !== at || end !== limit) {
        pieces = piecesOf(partsOf(pattern, invert, text, from, end), behavior);
        units = text;
        limit = end;
      }
      const piece: number = pieces.next().value ?? end;
      at = Math.abs(piece);
      return piece;
    };
  };
  return Object.assign(fork(), { fork });
}

function* partsOf(pattern: Pattern, invert: boolean, units: Uint16Array, begin: number, end: number): Generator<Part> {
  let at = begin;
  for (const match of pattern.matches(units, begin, end)) {
    if (match.start > at) yield { end: match.start, found: invert };
    yield { end: match.end, found: !invert };
    at = match.end;
  }
  if (at < end) yield { end, found: invert };
}

/** Where the pieces end, `leftOut` of those that are no pieces. */
function* piecesOf(parts: Iterable<Part>, behavior: Behavior): Generator<number> {
  let last: Part | undefined;
  let end = -1;
  for (const part of parts) {
    if (last && !joins(last, part, behavior) && last.end > end) {
      end = last.end;
      yield behavior === 'Removed' && last.found ? leftOut(end) : end;
    }
    last = part;
  }
  if (last && last.end > end) yield behavior === 'Removed' && last.found ? leftOut(last.end) : last.end;
}

/** Whether two parts that follow each other are one piece. */
function joins(left: Part, right: Part, behavior: Behavior): boolean {
  switch (behavior) {
    case 'Contiguous':
      return left.found === right.found;
    case 'MergedWithPrevious':
      return right.found && !left.found;
    case 'MergedWithNext':
      return left.found && !right.found;
    default:
      return false;
  }
}
