import type { SpacePrefix } from '../prefix';
import type { Split } from '../splits/split';
import type { JsonField } from './json-field';

/** What a tokenizer.json says about a text before its model reads it. */
export interface Rules {
  normalizes: boolean;
  /** Whether the model is given a space as `▁`. */
  marksSpaces: boolean;
  prefix: SpacePrefix | undefined;
  splits: Split[];
  /** Whether the model is given the text in the alphabet of bytes. */
  isByteLevel: boolean;
}

/** Whether a pattern is one space. */
export function isSpace(pattern: JsonField): boolean {
  return pattern.get('String').value === ' ';
}
