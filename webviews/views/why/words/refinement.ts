import type { Run } from '../../../kit/subject-tokens';
import type { TextPart } from './parts';

/** So many of the strongest parts of a level are taken apart by themselves. */
const TAKEN_APART = 5;
/** What does less than this share of the strongest is not. */
const LEAST_SHARE = 0.1;

/** By the tokens that it has: a word of one token is measured once, as a word and as a token. */
export const keyOf = ({ from, to }: Run): string => `${from}-${to}`;

/** What a text is taken apart into, and how far somebody wants that. */
export interface Refinement {
  tops: readonly TextPart[];
  partsIn(part: TextPart): readonly TextPart[];
  /** What a part does, signed; undefined until it is measured. */
  changeOf(part: TextPart): number | undefined;
  /** Parts that a person took apart. */
  opened: ReadonlySet<string>;
  /** Whether all are taken apart down to tokens. */
  isWhole: boolean;
  /** How much a part may do, as far as that is known before it is measured. */
  prior(part: TextPart): number;
}

/**
 * What is to be measured next: coarse parts before fine ones, and of the fine ones those in the strongest parts first; what
 * a person took apart before what is by itself. Nothing where all that is wanted is known.
 */
export function nextParts(refinement: Refinement, most: number): TextPart[] {
  const { changeOf, prior } = refinement;
  let level = refinement.tops;
  while (level.length > 0) {
    const missing = level.filter((part) => changeOf(part) === undefined);
    const isOrdered = level !== refinement.tops;
    if (missing.length > 0) {
      const ordered = isOrdered ? missing : missing.toSorted((one, other) => prior(other) - prior(one));
      return ordered.slice(0, most);
    }
    level = takenApart(level, refinement).flatMap((part) => refinement.partsIn(part));
  }
  return [];
}

/** Parts of a level that are taken apart, all of them measured: those that a person chose first, then the strongest first. */
export function takenApart(level: readonly TextPart[], refinement: Refinement): TextPart[] {
  const { changeOf, opened, isWhole } = refinement;
  const size = (part: TextPart) => Math.abs(changeOf(part) ?? 0);
  const byStrength = level.toSorted((one, other) => size(other) - size(one));
  const least = LEAST_SHARE * size(byStrength[0] as TextPart);
  const isStrong = (part: TextPart, rank: number) => rank < TAKEN_APART && size(part) >= least;
  const chosen = byStrength.filter((part) => opened.has(keyOf(part)));
  const others = byStrength.filter((part, rank) => !chosen.includes(part) && (isWhole || isStrong(part, rank)));
  return [...chosen, ...others];
}

/** How much of what is wanted is measured, as far as it is known what is wanted. */
export function progressOf(refinement: Refinement): { done: number; total: number } {
  let done = 0;
  let total = 0;
  let level = refinement.tops;
  while (level.length > 0) {
    const measured = level.filter((part) => refinement.changeOf(part) !== undefined);
    done += measured.length;
    total += level.length;
    if (measured.length < level.length) break;
    level = takenApart(level, refinement).flatMap((part) => refinement.partsIn(part));
  }
  return { done, total };
}
