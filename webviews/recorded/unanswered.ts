import { t } from '../l10n';

/** What was not recorded cannot be known here. */
export const unanswered = (): Error =>
  new Error(t('This file holds no answer to that. Open the text in Vitrine to ask the model.'));

/** @throws Error, a sentence for people, where there is none */
export function answered<T>(answer: T | undefined): T {
  if (answer === undefined) throw unanswered();
  return answer;
}
