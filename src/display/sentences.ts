import { fill, messageOf, type Sentence, type SentenceValue, VitrineError } from '../shared/errors';
import { reasonOf } from '../shared/system-errors';
import { formatBytes } from './format-bytes';
import { formatCount, spokenDigits } from './numbers';

/** Looks a template up in another language and puts the values in. */
export type TranslateTemplate = (template: string, ...values: string[]) => string;

/** The finished text of a sentence, its numbers as the reader's language writes them. */
export function render({ template, values }: Sentence, translate: TranslateTemplate = fill): string {
  return translate(template, ...values.map((value) => valueText(value, translate)));
}

function valueText(value: SentenceValue, translate: TranslateTemplate): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isInteger(value) ? formatCount(value) : spokenDigits(`${value}`);
  if ('template' in value) return render(value, translate);
  return 'bytes' in value ? formatBytes(value.bytes) : spokenDigits(value.number.toFixed(value.decimals));
}

/** The sentence of any thrown value. */
export function errorText(error: unknown, translate: TranslateTemplate = fill): string {
  return error instanceof VitrineError && error.sentence ? render(error.sentence, translate) : messageOf(error);
}

/** Why something failed, as a clause without a full stop. */
export function reasonText(error: unknown): string {
  const reason = reasonOf(error);
  return typeof reason === 'string' ? reason : render(reason);
}
