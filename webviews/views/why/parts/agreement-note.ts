import { html, nothing, type TemplateResult } from 'lit';
import '../../../kit/term';
import { t } from '../../../l10n';
import { type Agreement, agreementOf } from './measured';
import { formatSigned } from './numbers';
import type { PartBar } from './part-bars';

/** Of the parts that are off the one whose direct effect is farthest from what really happened, and what that says. */
export function agreementNote(bars: readonly PartBar[]): TemplateResult | typeof nothing {
  const [most] = bars
    .flatMap(({ name, direct, effect }) => (effect ? [{ name, direct, total: effect.total }] : []))
    .filter(({ direct, total }) => agreementOf(direct, total) !== 'alike')
    .toSorted((one, other) => Math.abs(other.direct - other.total) - Math.abs(one.direct - one.total));
  if (!most) return nothing;
  const { name, direct, total } = most;
  const agreement = agreementOf(direct, total) as Exclude<Agreement, 'alike'>;
  const text = SENTENCES[agreement](name, formatSigned(direct), formatSigned(total));
  return html`<p><b aria-hidden="true">≠</b> ${text}
    ${agreement === 'repaired' ? html`<vt-term name="selfRepair">${t('The model repairs itself.')}</vt-term>` : nothing}</p>`;
}

const SENTENCES: Readonly<
  Record<Exclude<Agreement, 'alike'>, (name: string, direct: string, total: string) => string>
> = {
  repaired: (name, direct, total) =>
    t(
      'Of {0}, {1} is written directly, but only {2} is lost without it: later parts make up for the rest.',
      name,
      direct,
      total,
    ),
  amplified: (name, direct, total) =>
    t('Of {0}, {1} is written directly, but {2} is lost without it: later parts build on it.', name, direct, total),
  reversed: (name, direct, total) =>
    t(
      'Of {0}, {1} is written directly, but in all it brings {2}: through later parts it does the opposite.',
      name,
      direct,
      total,
    ),
};
