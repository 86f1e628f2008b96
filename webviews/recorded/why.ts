import type { RecordedWhy } from '../../src/recording/recording';
import { t } from '../l10n';
import { unanswered } from './unanswered';

/** What a file knows of one place of the text. @throws Error, a sentence for people, where another one is asked about */
export function whyOf(
  recorded: RecordedWhy | undefined,
  { position, token, against }: { position: number; token?: number | undefined; against?: number | undefined },
): RecordedWhy {
  if (!recorded) throw unanswered();
  const { why } = recorded;
  if (why.position !== position) {
    throw new Error(
      t(
        'This file explains the token {0}, counted from 0. Open the text in Vitrine to ask the model about others.',
        why.position,
      ),
    );
  }
  if ((token ?? why.token) !== why.token || (against ?? why.against) !== why.against) throw unanswered();
  return recorded;
}
