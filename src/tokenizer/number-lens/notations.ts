import type { Tokenizer } from '../tokenizer';
import { cut, type NumberToken } from './cut';

/** A number as it may stand in a text, and its tokens. */
export interface Notation {
  text: string;
  tokens: NumberToken[];
}

/** Ways to write a number, its successor, and two texts with numbers in them, to see which are one token. */
export function notationsOf(tokenizer: Tokenizer, number: string): Notation[] {
  const value = BigInt(number);
  const decimal = number.length > 1 ? `${number[0]}.${number.slice(1)}` : `0.${number}`;
  const texts = [
    number,
    `${value + 1n}`,
    ` ${number}`,
    `-${number}`,
    decimal,
    number.length > 3 ? grouped(number) : `1,${number.padStart(3, '0')}`,
    `0x${value.toString(16)}`,
    '2024-09-06',
    '1e-7',
  ];
  return texts.map((text) => ({ text, tokens: cut(tokenizer, text) }));
}

/** The digits in groups of three from the right: `1,234,567`. */
function grouped(number: string): string {
  return groupsOfThree(number).join(',');
}

/** The groups of three that people read, from the right. */
export function groupsOfThree(number: string): string[] {
  const first = number.length % 3 || 3;
  const groups = [number.slice(0, first)];
  for (let at = first; at < number.length; at += 3) groups.push(number.slice(at, at + 3));
  return groups;
}
