import { isNumber, magnitudeOf, writeNumber } from '../../display/read-number';
import { VitrineError } from '../../shared/errors';
import type { Tokenizer } from '../tokenizer';
import { cut, type NumberToken } from './cut';
import { groupsOfThree, type Notation, notationsOf } from './notations';
import { type NumberMap, numberMap } from './number-map';
import { type NumberRule, numberRule } from './rule';
import { type Language, notReadSentence } from './sentences';

/** What one vocabulary makes of a number, and of numbers at large. */
export interface NumberReport {
  /** The vocabulary's name. */
  vocabulary: string;
  /** As the language writes it, in one row: `1327`, `3,14`. */
  number: string;
  tokens: NumberToken[];
  /** The groups of three from the right, as people read the whole part of the number. */
  groups: string[];
  notations: Notation[];
  rule: NumberRule;
  map: NumberMap;
}

/**
 * @param vocabulary how the vocabulary is called in what is said about it
 * @param number as digits, at most 40, with a point before its fraction and a minus before all if it has them
 * @param language in which it is written
 * @param map of the same tokenizer, where it is known
 * @throws VitrineError where `number` is none
 */
export function numberReport(
  tokenizer: Tokenizer,
  vocabulary: string,
  number: string,
  language: Language,
  map = numberMap(tokenizer),
): NumberReport {
  if (!isNumber(number)) throw new VitrineError('numbers.number', notReadSentence(number, language));
  const written = writeNumber(number, language);
  return {
    vocabulary,
    number: written,
    tokens: cut(tokenizer, written),
    groups: groupsOfThree(magnitudeOf(number).split('.', 1).join('')),
    notations: notationsOf(tokenizer, magnitudeOf(number), language),
    rule: numberRule(tokenizer),
    map,
  };
}
