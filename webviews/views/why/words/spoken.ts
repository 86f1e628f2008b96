import { formatRatio } from '../../../../src/display/numbers';
import type { Subject } from '../../../../src/shared/inspector-api';
import { t } from '../../../l10n';
import { partText, type TextPart } from './parts';

/** A smaller change, of less than 1.35 times, is none that anything hangs on. */
const LEAST_NATS = 0.3;
/** Characters of a part that are enough to know it by. */
const SAID = 60;

/** What the answer is called: its text, shortened. */
export function shortened(text: string, most = SAID): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > most ? `${line.slice(0, most - 1)}…` : line;
}

/** How a part is called in a sentence. */
export function partName(subject: Subject, part: TextPart): string {
  if (part.level === 'line') return t('line {0}', part.name);
  if (part.level === 'symbol') return part.name;
  return `“${shortened(partText(subject, part))}”`;
}

/** What became of the answer: `38 times less probable`. */
export function changeText(change: number): string {
  const ratio = formatRatio(Math.abs(change));
  return change < 0 ? t('{0} times less probable', ratio) : t('{0} times more probable', ratio);
}

/**
 * Which part did most, in a sentence.
 *
 * @param strongest measured, by what it does; @param isBesideOwn whether the line in which the answer stands does more, as it mostly does
 */
export function verdictText(
  subject: Subject,
  { part, change, isBesideOwn }: { part: TextPart; change: number; isBesideOwn: boolean },
  answer: string,
): string {
  if (Math.abs(change) < LEAST_NATS) {
    return isBesideOwn
      ? t('Beside its own line, no part of the text by itself changes much how probable “{0}” is.', answer)
      : t('No part of the text by itself changes much how probable “{0}” is.', answer);
  }
  const values = [partName(subject, part), answer, changeText(change)];
  if (change > 0) return t('Most in the way is {0}: without it, “{1}” is {2}.', ...values);
  return isBesideOwn
    ? t('Beside its own line, the answer hangs on {0}: without it, “{1}” is {2}.', ...values)
    : t('The answer hangs on {0}: without it, “{1}” is {2}.', ...values);
}
