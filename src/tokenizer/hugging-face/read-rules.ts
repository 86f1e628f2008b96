import { SPACE_MARK } from '../sentencepiece/space-mark';
import type { JsonField } from './json-field';
import { readPreTokenizers } from './pre-tokenizers';
import { isSpace, type Rules } from './rules';

export function readRules(tokenizer: JsonField): Rules {
  const rules: Rules = { normalizes: false, marksSpaces: false, prefix: undefined, splits: [], isByteLevel: false };
  for (const normalizer of flat(tokenizer.get('normalizer'), 'normalizers')) {
    const type = normalizer.get('type').oneOf(['NFC', 'Prepend', 'Replace']);
    if (type === 'NFC') rules.normalizes = true;
    else if (type === 'Prepend' && normalizer.get('prepend').value === SPACE_MARK) {
      rules.prefix = { where: 'segment', always: true };
    } else if (
      type === 'Replace' &&
      isSpace(normalizer.get('pattern')) &&
      normalizer.get('content').value === SPACE_MARK
    ) {
      rules.marksSpaces = true;
    } else throw normalizer.unknown();
  }
  readPreTokenizers(flat(tokenizer.get('pre_tokenizer'), 'pretokenizers'), rules);
  return rules;
}

/** The parts of a sequence, and of the sequences in it, or the one part that it is. */
function flat(part: JsonField, name: string): JsonField[] {
  if (part.isAbsent) return [];
  if (part.get('type').value !== 'Sequence') return [part];
  return part
    .get(name)
    .items()
    .flatMap((inner) => flat(inner, name));
}
