import { SPACE_MARK } from '../sentencepiece/space-mark';
import { ClassSet } from '../splits/character-set';
import { gpt2 } from '../splits/gpt2';
import { isolateEach, isolateRuns } from '../splits/isolate';
import { knownSplit } from '../splits/known-regexes';
import { NUMBER } from '../unicode/character-class';
import type { JsonField } from './json-field';
import { isSpace, type Rules } from './rules';

export function readPreTokenizers(parts: readonly JsonField[], rules: Rules): void {
  for (const part of parts) {
    const type = part.get('type').oneOf(['ByteLevel', 'Digits', 'Split', 'Metaspace']);
    if (type === 'Digits') {
      const numbers = new ClassSet(NUMBER);
      rules.splits.push(part.get('individual_digits').boolean(false) ? isolateEach(numbers) : isolateRuns(numbers));
    } else if (type === 'ByteLevel') {
      if (part.get('add_prefix_space').boolean(false)) throw part.get('add_prefix_space').unknown();
      rules.isByteLevel = true;
      if (part.get('use_regex').boolean(true)) rules.splits.push(gpt2);
    } else if (type === 'Metaspace') readMetaspace(part, rules);
    else readSplit(part, rules);
  }
}

function readMetaspace(part: JsonField, rules: Rules): void {
  if (part.get('replacement').text() !== SPACE_MARK) throw part.get('replacement').unknown();
  if (part.get('split').boolean(true)) throw part.get('split').unknown();
  const scheme = part.get('prepend_scheme').oneOf(['always', 'first', 'never'], 'always');
  rules.marksSpaces = true;
  if (scheme !== 'never') rules.prefix = { where: scheme === 'first' ? 'text' : 'segment', always: false };
}

function readSplit(part: JsonField, rules: Rules): void {
  const pattern = part.get('pattern');
  // Where the normaliser left no space, there is nothing to split at.
  if (isSpace(pattern) && rules.marksSpaces) return;
  const split = pattern.get('Regex').isAbsent ? undefined : knownSplit(pattern.get('Regex').text());
  if (!split || part.get('behavior').value !== 'Isolated' || part.get('invert').boolean(false)) throw part.unknown();
  rules.splits.push(split);
}
