import { html, type TemplateResult } from 'lit';
import { spokenDigits } from '../../../../src/display/numbers';
import { textField } from '../../../kit/toolkit';
import { t } from '../../../l10n';
import type { PairChoice } from './pair-choice';
import { typedNumber } from './typed-number';

/** The scores that a reward model might give both answers, to be written. */
export function scoreFields(choice: PairChoice, change: (changed: Partial<PairChoice>) => void): TemplateResult {
  const field = (name: 'chosenScore' | 'rejectedScore', label: string) =>
    textField(
      {
        label,
        value: spokenDigits(`${choice[name]}`),
        typed: (text) => {
          const score = typedNumber(text);
          if (score !== undefined) change({ [name]: score });
        },
      },
      6,
    );
  return html`<div class="scores">
    ${field('chosenScore', t('r of the chosen answer'))}${field('rejectedScore', t('r of the rejected answer'))}
  </div>`;
}
