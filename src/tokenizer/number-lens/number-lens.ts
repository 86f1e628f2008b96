import { VitrineError } from '../../shared/errors';
import { isNumber, magnitudeOf, writeNumber } from '../../shared/numerals';
import type { Tokenizer } from '../tokenizer';
import { cut } from './cut';
import { groupsOfThree, notationsOf } from './notations';
import { numberMap } from './number-map';
import type { Language, NumberReport } from './report';
import { numberRule } from './rule';
import { notReadSentence } from './sentences';

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
