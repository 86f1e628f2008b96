import { sentence } from '../../shared/errors';
import type { CharacterSet } from '../splits/character-set';
import { readBrackets } from './brackets';
import { readEscape, setOf } from './escapes';
import { PatternReader } from './reader';
import { ANY, anyCase, NO_NEWLINE, range } from './sets';
import type { Flags, Node, Place } from './syntax';

/** Groups in groups: deeper than this no regex is that anyone wrote. */
const DEEPEST = 100;
/** A count in braces above it is refused. */
const MOST_REPEATS = 1000;

const PLACES = new Map<string, Place>([
  ['A', 'textStart'],
  ['z', 'textEnd'],
  ['Z', 'finalLineEnd'],
  ['b', 'wordBorder'],
  ['B', 'noWordBorder'],
]);

/**
 * Reads a regex in the syntax of the reference, Oniguruma's for Ruby (https://github.com/kkos/oniguruma, doc/RE).
 *
 * @throws VitrineError `tokenizer.regex` where it is none, or has what is not known here: references back, \G, \K, \X
 */
export function parseRegex(pattern: string): Node {
  const reader = new PatternReader(pattern);
  const node = readChoice(reader, { ignoreCase: false, dotAll: false, extended: false }, 0);
  if (!reader.done) throw reader.error(sentence`closes a group that it does not open`);
  return node;
}

function readChoice(reader: PatternReader, flags: Flags, depth: number): Node {
  if (depth > DEEPEST) throw reader.error(sentence`has groups in groups, too deep`);
  const own = { ...flags };
  const options = [readSequence(reader, own, depth)];
  while (reader.take('|')) options.push(readSequence(reader, own, depth));
  const [only] = options;
  return only && options.length === 1 ? only : { type: 'choice', options };
}

/** @param flags change where the sequence says so, for the rest of its group */
function readSequence(reader: PatternReader, flags: Flags, depth: number): Node {
  const items: Node[] = [];
  while (!reader.done && reader.peek() !== '|' && reader.peek() !== ')') {
    if (flags.extended && skipSpace(reader)) continue;
    const item = readItem(reader, flags, depth);
    if (item) items.push(readRepeats(reader, item));
  }
  return { type: 'sequence', items };
}

function skipSpace(reader: PatternReader): boolean {
  if (reader.take('#')) {
    while (!reader.done && reader.next() !== '\n');
    return true;
  }
  return reader.takeWhile(' \t\n\r\f\v') !== '';
}

/** @returns undefined for what only sets flags, or says nothing */
function readItem(reader: PatternReader, flags: Flags, depth: number): Node | undefined {
  const character = reader.next();
  const fold = (set: CharacterSet) => (flags.ignoreCase ? anyCase(set) : set);
  switch (character) {
    case '(':
      return readGroup(reader, flags, depth);
    case '[':
      return { type: 'set', set: readBrackets(reader, flags.ignoreCase) };
    case '.':
      return { type: 'set', set: flags.dotAll ? ANY : NO_NEWLINE };
    case '^':
      return { type: 'assert', place: 'lineStart' };
    case '$':
      return { type: 'assert', place: 'lineEnd' };
    case '*':
    case '+':
    case '?':
      throw reader.error(sentence`repeats nothing`);
    case '\\': {
      const place = PLACES.get(reader.peek());
      if (!place) return { type: 'set', set: fold(setOf(readEscape(reader))) };
      reader.next();
      return { type: 'assert', place };
    }
    default: {
      const point = character.codePointAt(0) ?? 0;
      return { type: 'set', set: fold(range(point, point)) };
    }
  }
}

/** What stands between parentheses, of which the first is taken. */
function readGroup(reader: PatternReader, flags: Flags, depth: number): Node | undefined {
  const inner = (): Node => {
    const node = readChoice(reader, flags, depth + 1);
    if (!reader.take(')')) throw reader.error(sentence`does not close a group`);
    return node;
  };
  if (!reader.take('?')) return inner();
  if (reader.take('#')) {
    reader.takeUpTo(')');
    return undefined;
  }
  if (reader.take(':')) return inner();
  if (reader.take('>')) return { type: 'atomic', item: inner() };
  for (const ahead of [true, false]) {
    for (const negative of [true, false]) {
      if (reader.take(`${ahead ? '' : '<'}${negative ? '!' : '='}`)) {
        return { type: 'look', item: inner(), ahead, negative };
      }
    }
  }
  if (reader.take('<')) {
    reader.takeUpTo('>');
    return inner();
  }
  return readFlags(reader, flags, depth);
}

/** `(?i)`, `(?i-m:…)` */
function readFlags(reader: PatternReader, flags: Flags, depth: number): Node | undefined {
  const set = { ...flags };
  for (let on = true; ; ) {
    const letter = reader.next();
    if (letter === '-') on = false;
    else if (letter === 'i') set.ignoreCase = on;
    else if (letter === 'm') set.dotAll = on;
    else if (letter === 'x') set.extended = on;
    else if (letter === ':') break;
    else if (letter === ')') {
      // The rest of the group, all its options, is one option of this: so has Ruby's syntax it.
      return readChoice(reader, set, depth + 1);
    } else throw reader.error(sentence`has (?${letter}, which is not known here`);
  }
  const node = readChoice(reader, set, depth + 1);
  if (!reader.take(')')) throw reader.error(sentence`does not close a group`);
  return node;
}

/** An item with the signs of repetition after it. */
function readRepeats(reader: PatternReader, item: Node): Node {
  const counts = readCounts(reader);
  if (!counts) return item;
  const [min, max, isInterval] = counts;
  const isFixed = isInterval && min === max;
  const mode = !isFixed && reader.take('?') ? 'lazy' : !isInterval && reader.take('+') ? 'possessive' : 'greedy';
  return readRepeats(reader, { type: 'repeat', item, min, max, mode });
}

/** `*`, `+`, `?`, `{n}`, `{n,}`, `{,m}`, `{n,m}`; braces with anything else in them are plain text. */
function readCounts(reader: PatternReader): [min: number, max: number, isInterval: boolean] | undefined {
  if (reader.take('*')) return [0, Number.POSITIVE_INFINITY, false];
  if (reader.take('+')) return [1, Number.POSITIVE_INFINITY, false];
  if (reader.take('?')) return [0, 1, false];
  let text = '';
  for (let i = 0; i < 12 && !text.endsWith('}'); i++) text += reader.peek(i);
  const [whole = '', first = '', comma, last = ''] = /^\{(\d*)(,?)(\d*)\}/.exec(text) ?? [];
  if (first === '' && last === '') return undefined;
  reader.take(whole);
  const min = Number(first);
  const max = comma ? (last === '' ? Number.POSITIVE_INFINITY : Number(last)) : min;
  if (max < min || min > MOST_REPEATS || (Number.isFinite(max) && max > MOST_REPEATS)) {
    throw reader.error(sentence`repeats ${whole} times, which is not done here`);
  }
  return [min, max, true];
}
