import { Regex } from '../regex/regex';
import { matching, union, WHITE_SPACE } from '../regex/sets';
import { beforeMarks, SPACE_MARK } from '../sentencepiece/space-mark';
import { ClassSet } from '../splits/character-set';
import { gpt2 } from '../splits/gpt2';
import { isolateEach, isolateRuns } from '../splits/isolate';
import { knownSplit } from '../splits/known-regexes';
import { BEHAVIORS, patternSplit } from '../splits/pattern-split';
import { EachOf, Literal, type Pattern } from '../splits/patterns';
import type { Split } from '../splits/split';
import { CharacterClass, NUMBER } from '../unicode/character-class';
import { unitsOfText } from '../unicode/utf8';
import type { JsonField } from './json-field';
import type { Rules } from './rules';

/** `\w` in the regex `\w+|[^\w\s]+` of Whitespace, which is one of Rust's. */
const RUST_WORD_CLASS = '\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\u200c\\u200d';

/** Characters of `\p{P}`, and the symbols of ASCII. */
const PUNCTUATION = union([new ClassSet(CharacterClass.Punctuation), matching('[$+<=>^`|~]')]);

/**
 * Adds the pre-tokenizers of a tokenizer.json, one after the other, to the rules.
 *
 * @returns the field that asks for a space before the text
 * @throws VitrineError `tokenizer.unknown` for one that is not known, or that comes after what changes the text
 */
export function readPreTokenizers(parts: readonly JsonField[], rules: Rules): JsonField | undefined {
  let blank: JsonField | undefined;
  for (const [i, part] of parts.entries()) {
    const type = part.get('type').value;
    if (type === 'ByteLevel') blank = readByteLevel(part, i === 0, rules);
    else if (type === 'Metaspace') readMetaspace(part, rules);
    else rules.splits.push(splitOf(part));
    // Those after it would see bytes, or `▁` for spaces, and not the text.
    const next = parts[i + 1];
    if ((type === 'ByteLevel' || type === 'Metaspace') && next) throw next.get('type').unknown();
  }
  return blank;
}

/** The split that a pre-tokenizer is which changes nothing. */
function splitOf(part: JsonField): Split {
  const type = part
    .get('type')
    .oneOf(['Digits', 'Punctuation', 'Whitespace', 'WhitespaceSplit', 'CharDelimiterSplit', 'Split']);
  switch (type) {
    case 'Digits': {
      const numbers = new ClassSet(NUMBER);
      return part.get('individual_digits').boolean(false) ? isolateEach(numbers) : isolateRuns(numbers);
    }
    case 'Punctuation': {
      const behavior = part.get('behavior').oneOf(BEHAVIORS, 'Isolated');
      return patternSplit(new EachOf(PUNCTUATION), behavior, false);
    }
    case 'Whitespace':
      return patternSplit(new Regex(`[${RUST_WORD_CLASS}]+|[^${RUST_WORD_CLASS}\\s]+`), 'Removed', true);
    case 'WhitespaceSplit':
      return patternSplit(new EachOf(WHITE_SPACE), 'Removed', false);
    case 'CharDelimiterSplit':
      return patternSplit(literal(part.get('delimiter')), 'Removed', false);
    case 'Split':
      return readSplit(part);
  }
}

function readSplit(part: JsonField): Split {
  const pattern = part.get('pattern');
  const behavior = part.get('behavior').oneOf(BEHAVIORS);
  const invert = part.get('invert').boolean(false);
  const regex = pattern.get('Regex');
  if (regex.isAbsent) return patternSplit(literal(pattern.get('String')), behavior, invert);
  const known = behavior === 'Isolated' ? knownSplit(regex.text()) : undefined;
  return known ?? patternSplit(new Regex(regex.text()), behavior, invert);
}

function literal(field: JsonField): Pattern {
  const text = field.text();
  if (text === '') throw field.unknown();
  return new Literal(unitsOfText(text));
}

/** @returns the field that asks for a space before the text */
function readByteLevel(part: JsonField, isFirst: boolean, rules: Rules): JsonField | undefined {
  const prefix = part.get('add_prefix_space');
  const isAsked = prefix.boolean(true);
  // It would go before every piece of the splits before it.
  if (isAsked && !isFirst) throw prefix.unknown();
  rules.isByteLevel = true;
  if (part.get('use_regex').boolean(true)) rules.splits.push(gpt2);
  return isAsked ? prefix : undefined;
}

function readMetaspace(part: JsonField, rules: Rules): void {
  if (part.get('replacement').text() !== SPACE_MARK) throw part.get('replacement').unknown();
  const isOldWithout = !part.get('add_prefix_space').boolean(true);
  const scheme = isOldWithout ? 'never' : part.get('prepend_scheme').oneOf(['always', 'first', 'never'], 'always');
  rules.marksSpaces = true;
  const where = rules.splits.length > 0 ? 'piece' : 'segment';
  if (scheme !== 'never')
    rules.prefix = { where: scheme === 'first' ? 'text' : where, always: false, isWritten: false };
  if (part.get('split').boolean(true)) rules.splits.push(beforeMarks);
}
