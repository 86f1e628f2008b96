import { sentence, VitrineError } from '../../shared/errors';
import type { Tokenizer } from '../tokenizer';
import { cut, type NumberToken } from './cut';
import { groupsOfThree, type Notation, notationsOf } from './notations';
import { type NumberMap, numberMap } from './number-map';
import { type NumberRule, numberRule } from './rule';

/** What one vocabulary makes of a number, and of numbers at large. */
export interface NumberReport {
  /** The vocabulary's name. */
  vocabulary: string;
  number: string;
  tokens: NumberToken[];
  /** The groups of three from the right, as people read the number. */
  groups: string[];
  notations: Notation[];
  rule: NumberRule;
  map: NumberMap;
}

const NUMBER = /^\d{1,40}$/;

/**
 * @param vocabulary how the vocabulary is called in what is said about it
 * @param map of the same tokenizer, where it is known
 * @throws VitrineError where `number` is no whole number of at most 40 digits
 */
export function numberReport(
  tokenizer: Tokenizer,
  vocabulary: string,
  number: string,
  map = numberMap(tokenizer),
): NumberReport {
  if (!NUMBER.test(number)) {
    throw new VitrineError(
      'numbers.number',
      sentence`${JSON.stringify(number)} is no whole number. Write up to 40 digits, such as 327, or a sum such as 999 + 1.`,
    );
  }
  return {
    vocabulary,
    number,
    tokens: cut(tokenizer, number),
    groups: groupsOfThree(number),
    notations: notationsOf(tokenizer, number),
    rule: numberRule(tokenizer),
    map,
  };
}
