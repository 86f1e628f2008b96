import { type Sentence, sentence } from '../../shared/errors';
import { shownName } from '../checkpoint/shown-name';

/** A value of a checkpoint as a sentence quotes it. Anything may stand there, of any length. */
export function shownValue(value: unknown): string | Sentence {
  if (typeof value === 'string') return `"${shownName(value)}"`;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return sentence`a list`;
  if (typeof value === 'object' && value !== null) return sentence`an object`;
  return String(value);
}
