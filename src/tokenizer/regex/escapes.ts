import { type Sentence, sentence } from '../../shared/errors';
import type { CharacterSet } from '../splits/character-set';
import type { PatternReader } from './reader';
import { complement, DIGIT, HEX_DIGIT, propertySet, range, WHITE_SPACE, WORD } from './sets';

const HEX = '0123456789abcdefABCDEF';

const CONTROLS = new Map([
  ['t', 0x09],
  ['n', 0x0a],
  ['v', 0x0b],
  ['f', 0x0c],
  ['r', 0x0d],
  ['a', 0x07],
  ['e', 0x1b],
]);

/** `\h` is a hexadecimal digit, as in Ruby, whose syntax the reference's regexes have. */
const CLASSES = new Map<string, CharacterSet>([
  ['d', DIGIT],
  ['w', WORD],
  ['s', WHITE_SPACE],
  ['h', HEX_DIGIT],
]);

/** What comes after a backslash: one character, or a set of them. @throws VitrineError where it is neither */
export function readEscape(reader: PatternReader): number | CharacterSet {
  const letter = reader.next();
  const control = CONTROLS.get(letter);
  if (control !== undefined) return control;
  const set = CLASSES.get(letter);
  if (set) return set;
  const other = CLASSES.get(letter.toLowerCase());
  if (other) return complement(other);
  if (letter === 'p' || letter === 'P') return readProperty(reader, letter === 'P');
  if (letter === 'x' || letter === 'u') return readCode(reader, letter);
  if (/[A-Za-z0-9]/.test(letter)) throw reader.error(unknownEscape(letter));
  return letter.codePointAt(0) ?? 0;
}

function unknownEscape(letter: string): Sentence {
  const written = `\\${letter}`;
  return sentence`has ${written}, which is not known here`;
}

export function isSet(value: number | CharacterSet): value is CharacterSet {
  return typeof value !== 'number';
}

export function setOf(value: number | CharacterSet): CharacterSet {
  return isSet(value) ? value : range(value, value);
}

/** `\p{Name}`, `\p{^Name}` */
function readProperty(reader: PatternReader, negative: boolean): CharacterSet {
  if (!reader.take('{')) throw reader.error(unknownEscape('p'));
  const name = reader.takeUpTo('}');
  const isInverse = name.startsWith('^');
  const set = propertySet(isInverse ? name.slice(1) : name);
  if (!set) throw reader.error(sentence`has the property ${name}, which is not known here`);
  return isInverse === negative ? set : complement(set);
}

/** `\xH`, `\xHH`, `\x{H…}`, `\uHHHH` */
function readCode(reader: PatternReader, letter: string): number {
  const digits = reader.take('{') ? reader.takeUpTo('}') : reader.takeWhile(HEX, letter === 'x' ? 2 : 4);
  const code = /^[0-9a-fA-F]{1,6}$/.test(digits) ? Number.parseInt(digits, 16) : Number.NaN;
  // Above 0x7f, two digits are a byte and not a character to the reference.
  if (!(code <= 0x10ffff) || (letter === 'x' && digits.length <= 2 && code > 0x7f)) {
    throw reader.error(sentence`has the code ${digits}, which is no character`);
  }
  return code;
}
