import { sentence } from '../../shared/errors';
import type { CharacterSet } from '../splits/character-set';
import { isSet, readEscape, setOf } from './escapes';
import type { PatternReader } from './reader';
import { anyCase, complement, intersection, propertySet, range, union } from './sets';

/** A set between brackets, of which the first is taken: ranges, classes, sets in sets, and `&&` for what both hold. */
export function readBrackets(reader: PatternReader, ignoreCase: boolean): CharacterSet {
  const negative = reader.take('^');
  let whole: CharacterSet | undefined;
  let members: CharacterSet[] = [];
  const part = () => (ignoreCase ? anyCase(union(members)) : union(members));
  for (let isFirst = true; ; isFirst = false) {
    if (!isFirst && reader.take(']')) break;
    if (reader.take('&&')) {
      whole = whole ? intersection(whole, part()) : part();
      members = [];
    } else members.push(readMember(reader, ignoreCase));
  }
  whole = whole ? intersection(whole, part()) : part();
  return negative ? complement(whole) : whole;
}

function readMember(reader: PatternReader, ignoreCase: boolean): CharacterSet {
  if (reader.take('[:')) return readPosix(reader);
  if (reader.take('[')) return readBrackets(reader, ignoreCase);
  const first = readOne(reader);
  if (isSet(first) || reader.peek() !== '-' || reader.peek(1) === ']') return setOf(first);
  reader.next();
  const last = readOne(reader);
  if (isSet(last)) return union([setOf(first), range(0x2d, 0x2d), last]);
  if (last < first) throw reader.error(sentence`has a range that ends before it starts`);
  return range(first, last);
}

function readOne(reader: PatternReader): number | CharacterSet {
  const character = reader.next();
  if (character !== '\\') return character.codePointAt(0) ?? 0;
  // In a set this is a backspace, elsewhere the border of a word.
  return reader.take('b') ? 0x08 : readEscape(reader);
}

/** `[:alpha:]`, `[:^alpha:]` */
function readPosix(reader: PatternReader): CharacterSet {
  const negative = reader.take('^');
  const name = reader.takeUpTo(':');
  const set = reader.take(']') ? propertySet(name) : undefined;
  if (!set) throw reader.error(sentence`has the class ${name}, which is not known here`);
  return negative ? complement(set) : set;
}
