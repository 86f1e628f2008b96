import { sentence, VitrineError } from '../../shared/errors';
import type { LogitRows } from './logit-rows';

/** Positions of two texts, pair by pair. */
export interface Pairs {
  a: Uint32Array;
  b: Uint32Array;
}

/**
 * The pairs that are asked for, by default all of two texts of the same tokens.
 *
 * @throws VitrineError `request.range` where a position is outside its text, or other tokens stand at a pair
 */
export function checkPairs(asked: Pairs | undefined, a: LogitRows, b: LogitRows): Pairs {
  const pairs = asked ?? wholeTexts(a, b);
  if (pairs.a.length !== pairs.b.length) {
    throw refused(
      sentence`${pairs.a.length} positions of one text and ${pairs.b.length} of the other are no pairs. Name as many of both.`,
    );
  }
  for (const [i, positionA] of pairs.a.entries()) checkPair(a, b, positionA, pairs.b[i] as number);
  return pairs;
}

function wholeTexts(a: LogitRows, b: LogitRows): Pairs {
  if (a.ids.length !== b.ids.length) {
    throw refused(
      sentence`The texts have ${a.ids.length} and ${b.ids.length} tokens: they are not the same. Name the positions to compare.`,
    );
  }
  const positions = Uint32Array.from({ length: Math.max(0, a.ids.length - 1) }, (_, i) => i + 1);
  return { a: positions, b: positions };
}

function checkPair(a: LogitRows, b: LogitRows, positionA: number, positionB: number): void {
  for (const [position, { ids }] of [
    [positionA, a],
    [positionB, b],
  ] as const) {
    if (position >= 1 && position < ids.length) continue;
    throw refused(
      sentence`Position ${position} was asked for, of a text of which ${ids.length - 1} tokens are predicted, from 1 on. Ask for one of them.`,
    );
  }
  const [idA, idB] = [a.ids[positionA] as number, b.ids[positionB] as number];
  if (idA !== idB || a.textOf(idA) !== b.textOf(idB)) {
    throw refused(
      sentence`Other tokens stand at position ${positionA} of one text and at ${positionB} of the other: ${idA} and ${idB}, of which each has its own meaning. Only the same token can be compared.`,
    );
  }
}

const refused = (text: ReturnType<typeof sentence>): VitrineError => new VitrineError('request.range', text);
