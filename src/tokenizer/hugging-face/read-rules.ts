import { prependBlank } from '../normalizers/simple';
import { SPACE_MARK } from '../sentencepiece/space-mark';
import type { JsonField } from './json-field';
import { readNormalizer } from './normalizers';
import { readPreTokenizers } from './pre-tokenizers';
import { flat, isSpace, type Rules } from './rules';

/** @param normalizesAdded whether some added tokens are looked for after normalising */
export function readRules(tokenizer: JsonField, normalizesAdded: boolean): Rules {
  const rules: Rules = {
    normalizers: [],
    marksSpaces: false,
    prefix: undefined,
    splits: [],
    readsMarks: flat(tokenizer.get('decoder'), 'decoders').some(readsMarks),
    isByteLevel: false,
    isLocal: false,
  };
  const normalizers = flat(tokenizer.get('normalizer'), 'normalizers');
  const preTokenizers = flat(tokenizer.get('pre_tokenizer'), 'pretokenizers');
  const marksSpaces = normalizers.some((normalizer) => isMarking(normalizer) && !isPrepending(normalizer));
  const isPlain = preTokenizers.every((part) => marksSpaces && splitsAtSpaces(part));
  if (!normalizesAdded && normalizers.every(isMarking) && isPlain) {
    // Only the model has to know of `▁`: the text stays as it is, and is encoded as fast as from a GGUF file.
    rules.marksSpaces = marksSpaces;
    rules.prefix = normalizers.some(isPrepending) ? { where: 'segment', always: true, isWritten: false } : undefined;
    rules.isLocal = true;
  } else {
    if (normalizers.at(-1)?.get('type').value === 'ByteLevel' && preTokenizers.length === 0) {
      // What comes after it is the model, as after the pre-tokenizer of that name.
      rules.isByteLevel = true;
      normalizers.pop();
    }
    rules.normalizers = normalizers.map(readNormalizer);
    if (normalizers.some(isPrepending)) rules.prefix = { where: 'segment', always: true, isWritten: true };
    const blank = readPreTokenizers(preTokenizers, rules);
    if (blank) {
      // It goes before each part between added tokens, whichever they are.
      if (normalizesAdded && normalizers.length > 0) throw blank.unknown();
      rules.normalizers.push(prependBlank);
      rules.prefix = { where: 'segment', always: false, isWritten: true };
    }
    const isNfc = normalizers.every((normalizer) => normalizer.get('type').value === 'NFC');
    rules.isLocal = isNfc && !blank && rules.splits.every((split) => !split.fork);
  }
  return rules;
}

/** Whether a normaliser only writes `▁` for spaces, or one before the text. */
function isMarking(normalizer: JsonField): boolean {
  if (isPrepending(normalizer)) return true;
  const isReplacing = normalizer.get('type').value === 'Replace' && isSpace(normalizer.get('pattern'));
  return isReplacing && normalizer.get('content').value === SPACE_MARK;
}

function isPrepending(normalizer: JsonField): boolean {
  return normalizer.get('type').value === 'Prepend' && normalizer.get('prepend').value === SPACE_MARK;
}

/** Whether a pre-tokenizer has nothing to split at where spaces are `▁`. */
function splitsAtSpaces(part: JsonField): boolean {
  return part.get('type').value === 'Split' && isSpace(part.get('pattern')) && !part.get('invert').boolean(false);
}

/** Whether a decoder makes a space of `▁`. */
function readsMarks(decoder: JsonField): boolean {
  if (decoder.get('type').value === 'Metaspace') return true;
  const isReplacing =
    decoder.get('type').value === 'Replace' && decoder.get('pattern').get('String').value === SPACE_MARK;
  return isReplacing && decoder.get('content').value === ' ';
}
