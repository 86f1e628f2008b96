import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cssColour } from '../../../src/display/colour-scale';
import { formatCount, formatProbabilityShort } from '../../../src/display/numbers';
import type { RankClass } from '../../../src/display/rank-class';
import type { Sums } from '../../../src/display/sums';
import { styled } from '../../kit/styled';
import { base } from '../../kit/styles';
import { t } from '../../l10n';
import { ComparedSumsElement, comparedStyles, comparedTable, formatDifference } from './compared-table';

interface Class {
  name: RankClass | 'unnamed';
  /** Of ranks from 0 those that are no less are in it, up to the next class. */
  above: number;
  share: number;
  label: () => string;
}

/** Each as loud as the scale of ranks has it in its middle. */
const CLASSES: readonly Class[] = [
  { name: 'first', above: 0, share: 0, label: () => t('first guess') },
  { name: 'ten', above: 1, share: 0.33, label: () => t('top 10') },
  { name: 'hundred', above: 10, share: 0.67, label: () => t('top 100') },
  { name: 'beyond', above: 100, share: 1, label: () => t('beyond') },
];

/** How often the model guessed right: in the document, and beside it with tokens changed. */
@customElement('vt-class-sums')
export class ClassSumsElement extends ComparedSumsElement {
  /** Up to which ranks are known; undefined where all are. */
  @property({ attribute: false }) accessor rankLimit: number | undefined;

  static override styles = [
    base,
    comparedStyles,
    css`
      .stack { display: flex; gap: 1px; height: 24px; margin-bottom: 4px; }
      .stack i { flex: 1 0 0; min-width: 0; font-style: normal; padding: 0 4px; line-height: 20px; overflow: hidden; }
      i.first { outline: 1px solid var(--line); outline-offset: -1px; }
      i, th::before { border-bottom: 2px solid transparent; }
      i.ten, .ten::before { border-bottom: 2px dotted color-mix(in srgb, currentcolor 60%, transparent); }
      i.hundred, .hundred::before { border-bottom: 2px dashed color-mix(in srgb, currentcolor 70%, transparent); }
      i.beyond, .beyond::before { border-bottom: 2px solid color-mix(in srgb, currentcolor 85%, transparent); }
      i.unnamed, .unnamed::before { border-bottom: 3px double color-mix(in srgb, currentcolor 85%, transparent); }
      tbody th { padding-inline-start: 24px; text-indent: -24px; }
      tbody th::before { content: ''; display: inline-block; width: 16px; margin-inline-end: 8px; vertical-align: 3px; }
    `,
  ];

  override render(): TemplateResult {
    const { sums, changed } = this;
    const rows = classesUpTo(this.rankLimit).map(({ name, label }) => ({
      name: label(),
      kind: name,
      figures: changed ? compared(sums, changed, name) : [{ text: countText(sums, name) }],
    }));
    return html`${changed ? html`<small class="dim">${t('in the document')}</small>` : nothing} ${this.#stack(sums)}
      ${changed ? html`<small class="dim">${t('as changed')}</small> ${this.#stack(changed)}` : nothing}
      ${comparedTable(t('How often it was right'), rows, { isChanged: changed !== undefined, differs: true })}`;
  }

  #stack(sums: Sums): TemplateResult {
    const { predicted } = sums;
    const there = classesUpTo(this.rankLimit).filter(({ name }) => countOf(sums, name) > 0);
    return html`<div class="stack number" aria-hidden="true">
      ${there.map(
        ({ name, share }) =>
          html`<i class=${name} ${styled({ 'flex-grow': `${countOf(sums, name)}`, 'background-color': cssColour(this.tint(share)) })}
            >${countOf(sums, name) / predicted > 0.08 ? formatCount(countOf(sums, name)) : ''}</i
          >`,
      )}
    </div>`;
  }
}

/** Tokens past the limit of ranks are of one class, whichever of the others they would be in. */
function classesUpTo(limit: number | undefined): readonly Class[] {
  if (limit === undefined) return CLASSES;
  const named = CLASSES.filter(({ above }) => above < limit);
  const last = named.at(-1);
  return [
    ...named.slice(0, -1),
    ...(last ? [limit > 1 ? { ...last, label: () => t('top {0}', limit) } : last] : []),
    { name: 'unnamed', above: limit, share: 1, label: () => t('not among the {0} most probable', limit) },
  ];
}

const countOf = ({ classes, unnamed }: Sums, name: Class['name']): number =>
  name === 'unnamed' ? unnamed : classes[name];

function countText(sums: Sums, name: Class['name']): string {
  const count = countOf(sums, name);
  return `${t('{0} of {1}', formatCount(count), formatCount(sums.predicted))} · ${shareText(count, sums.predicted)}`;
}

/** Of as many tokens in both: that number need not be said again. */
function compared(sums: Sums, changed: Sums, name: Class['name']): { text: string }[] {
  const text = (of: Sums) => `${formatCount(countOf(of, name))} · ${shareText(countOf(of, name), of.predicted)}`;
  const difference = formatDifference(countOf(changed, name) - countOf(sums, name), formatCount);
  return [{ text: text(sums) }, { text: text(changed) }, { text: difference }];
}

/** In one line with its unit. */
function shareText(count: number, predicted: number): string {
  return formatProbabilityShort(count / predicted).replace(' ', '\u00a0');
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-class-sums': ClassSumsElement;
  }
}
