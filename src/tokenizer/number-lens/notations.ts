import { writeGrouped, writeNumber } from '../../shared/numerals';
import type { Tokenizer } from '../tokenizer';
import { cut, type NumberToken } from './cut';

/** A number as it may stand in a text, and its tokens. */
export interface Notation {
  text: string;
  tokens: NumberToken[];
}

/**
 * Ways to write a number, and two texts with numbers in them, to see which are one token.
 *
 * @param number as digits, with a point before its fraction, without a minus
 * @param language whose separators are written
 */
export function notationsOf(tokenizer: Tokenizer, number: string, language: string): Notation[] {
  const texts = number.includes('.') ? fractionTexts(number, language) : wholeTexts(number, language);
  return [...texts, '2024-09-06', '1e-7'].map((text) => ({ text, tokens: cut(tokenizer, text) }));
}

function wholeTexts(number: string, language: string): string[] {
  const value = BigInt(number);
  const decimal = number.length > 1 ? `${number[0]}.${number.slice(1)}` : `0.${number}`;
  const grouped = number.length > 3 ? number : `1${number.padStart(3, '0')}`;
  return [
    number,
    `${value + 1n}`,
    ` ${number}`,
    `-${number}`,
    writeNumber(decimal, language),
    writeGrouped(grouped, language),
    `0x${value.toString(16)}`,
  ];
}

function fractionTexts(number: string, language: string): string[] {
  const text = writeNumber(number, language);
  // With another language's separator, since both are met in texts.
  const other = ['.', ','].map((point) => number.replace('.', point)).filter((written) => written !== text);
  return [text, ` ${text}`, `-${text}`, `${text}0`, ...other, `${text} %`];
}

/** The groups of three that people read, from the right. */
export function groupsOfThree(number: string): string[] {
  const first = number.length % 3 || 3;
  const groups = [number.slice(0, first)];
  for (let at = first; at < number.length; at += 3) groups.push(number.slice(at, at + 3));
  return groups;
}
