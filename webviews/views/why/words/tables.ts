import type { Table } from '../../../export/table';
import { t } from '../../../l10n';
import { partText } from './parts';
import type { Trials } from './trials';

/** A row a part that was tried: what the answer's log-probability is without it, and what it is with all of the text. */
export function occlusionTable(trials: Trials): Table {
  const { subject, question } = trials.options;
  const { answer, replacement } = question;
  return {
    label: t('Which words mattered'),
    name: 'occlusion',
    columns: [
      'level',
      'name',
      'from',
      'to',
      'text',
      'change',
      'logprob',
      'base',
      'answerFrom',
      'answerTo',
      'answerId',
      'by',
      'replacementId',
    ],
    rows: () =>
      trials.tried.map(({ part, change }) => [
        part.level,
        part.name,
        part.from,
        part.to,
        partText(subject, part),
        change,
        (trials.base ?? Number.NaN) + change,
        trials.base,
        answer.from,
        answer.to,
        answer.ids?.[0],
        replacement === undefined ? 'hidden' : 'replaced',
        replacement,
      ]),
  };
}
