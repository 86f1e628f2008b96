import type { Normalizer } from '../normalizers/traced-text';
import type { SpacePrefix } from '../prefix';
import type { Split } from '../splits/split';
import type { JsonField } from './json-field';

/** What a tokenizer.json says about a text before its model reads it. */
export interface Rules {
  normalizers: Normalizer[];
  /** Whether the model is given a space of the text as `▁`: the text itself keeps it. */
  marksSpaces: boolean;
  /** Whether `▁` in a token stands for a space. */
  readsMarks: boolean;
  prefix: SpacePrefix | undefined;
  splits: Split[];
  /** Whether the model is given the text in the alphabet of bytes. */
  isByteLevel: boolean;
  /** Whether a text can be read from any border on as if it began there. */
  isLocal: boolean;
}

/** Whether a pattern is one space. */
export function isSpace(pattern: JsonField): boolean {
  return pattern.get('String').value === ' ';
}

/** The parts of a sequence, and of the sequences in it, or the one part that it is. @param name of the list of parts */
export function flat(part: JsonField, name: string): JsonField[] {
  if (part.isAbsent) return [];
  if (part.get('type').value !== 'Sequence') return [part];
  return part
    .get(name)
    .items()
    .flatMap((inner) => flat(inner, name));
}
