import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Precision } from '../../../../src/anatomy/precision';
import { cssColour } from '../../../../src/display/colour-scale';
import { formatBytes } from '../../../../src/display/format-bytes';
import { formatCount, formatNats } from '../../../../src/display/numbers';
import { styled } from '../../../kit/styled';
import { base } from '../../../kit/styles';
import '../../../kit/term';
import type { Theme } from '../../../kit/theme';
import { t } from '../../../l10n';
import type { DifferenceSums } from '../../difference/compared';
import { timeText } from '../cost/time-text';
import type { Form } from './forms';

/** One form of the weights, and what is known of it. */
export interface FormRow {
  form: Form;
  /** Of a decoding step, at least; undefined while nobody knows. */
  seconds: number | undefined;
  /** Whether the model in use has its weights so. */
  isInUse: boolean;
  /** Whether it has the values of the model in use, whatever the text. */
  isExact: boolean;
  /** Whether what it changes is shown below. */
  isShown: boolean;
  /** In the text; undefined until it was compared. */
  change: DifferenceSums | undefined;
}

/** Forms of the weights: memory, time and what they change. Event: `compare-form` with the precision as `detail`. */
@customElement('vt-form-table')
export class FormTableElement extends LitElement {
  @property({ attribute: false }) accessor rows: readonly FormRow[] = [];
  @property({ attribute: false }) accessor theme!: Theme;
  /** Changes with the theme. */
  @property({ attribute: false }) accessor scale: unknown;
  /** Whether forms can be compared: there is a text, and a model. */
  @property({ type: Boolean }) accessor offers = false;

  static override styles = [
    base,
    css`
      :host { container-type: inline-size; }
      table { width: 100%; border-collapse: collapse; table-layout: fixed; }
      th { font-weight: 400; text-align: start; }
      thead th { color: var(--dim); }
      th, td { padding: 4px 16px 4px 0; vertical-align: top; }
      tbody tr { border-top: 1px solid var(--line); }
      small { display: block; color: var(--dim); }
      td i { display: block; height: 8px; min-width: 2px; margin: 6px 0 2px; }
      /* What a form changes is written there later. */
      tbody tr { scroll-margin-bottom: 64px; }
      tr.shown th { font-weight: 600; }
      tbody th small { font-weight: 400; }
      button {
        padding: 0 8px;
        font: inherit;
        color: inherit;
        text-align: start;
        background: none;
        border: 1px solid var(--line);
        cursor: pointer;
      }
      button:hover { background: var(--vscode-list-hoverBackground); }
      button[aria-pressed='true'] { border-color: var(--accent); outline: 1px solid var(--accent); }
      @container (max-width: 560px) {
        thead { clip-path: inset(50%); position: absolute; }
        tr { display: grid; grid-template-columns: 1fr 1fr; }
        td:last-child { grid-area: 1 / 2; }
      }
    `,
  ];

  override render(): TemplateResult {
    return html`<table>
      <thead><tr>
        <th scope="col">${t('weights')}</th>
        <th scope="col"><vt-term name="weightMemory">${t('memory')}</vt-term></th>
        <th scope="col"><vt-term name="decodingStep">${t('a decoding step, at least')}</vt-term></th>
        <th scope="col">${t('what changes in this text')}</th>
      </tr></thead>
      <tbody>${this.rows.map((row) => this.#row(row))}</tbody>
    </table>`;
  }

  #row({ form, seconds, isInUse, isExact, isShown, change }: FormRow): TemplateResult {
    const { bytes } = form;
    return html`<tr class=${isShown ? 'shown' : ''} data-place=${`form.${form.precision}`}>
      <th scope="row">${form.title}${isInUse ? html` <span class="dim">· ${t('in use')}</span>` : nothing}<small>${form.note}</small>${form.ofBlocks ? html`<small>${form.ofBlocks}</small>` : nothing}</th>
      <td class="number">${this.#bar(bytes / this.#most((row) => row.form.bytes))}${formatBytes(bytes)}</td>
      <td class="number">${seconds === undefined ? '…' : this.#step(seconds)}</td>
      <td class="number">${isExact ? this.#exact(isInUse) : this.#change(form, change, isShown)}</td>
    </tr>`;
  }

  #step(seconds: number): TemplateResult {
    const rate = Number((1 / seconds).toPrecision(2));
    return html`${this.#bar(seconds / this.#most((row) => row.seconds ?? 0))}${timeText(seconds)}<small>${rate === 1 ? t('at most 1 token a second') : t('at most {0} tokens a second', formatCount(rate))}</small>`;
  }

  #most(of: (row: FormRow) => number): number {
    return Math.max(...this.rows.map(of));
  }

  #bar(share: number): TemplateResult {
    const colour = cssColour(this.theme.greyMark(0.6));
    return html`<i aria-hidden="true" ${styled({ width: `${100 * share}%`, 'background-color': colour })}></i>`;
  }

  #exact(isInUse: boolean): TemplateResult {
    return html`<span class="dim">${isInUse ? t('these are the numbers in use') : t('nothing: the same values')}</span>`;
  }

  #change({ precision, title }: Form, change: DifferenceSums | undefined, isShown: boolean): TemplateResult {
    if (precision === undefined) return html`<span class="dim">${t('the model in use is rounded already')}</span>`;
    const text = change && changeText(change);
    const bar = change ? this.#bar(change.meanKl / this.#most((row) => row.change?.meanKl ?? 0)) : nothing;
    if (!this.offers) return html`${bar}${text ?? nothing}`;
    const compare = () =>
      this.dispatchEvent(new CustomEvent('compare-form', { detail: precision, bubbles: true, composed: true }));
    return html`${bar}<button
      aria-pressed=${isShown}
      aria-label=${`${title}: ${text ?? t('Compare on my text')}`}
      @click=${compare}
    >${text ?? t('Compare on my text')}</button>`;
  }
}

const changeText = ({ meanKl, flips, count }: DifferenceSums): string =>
  `KL ${formatNats(meanKl)} · ${guessesText(flips, count)}`;

function guessesText(flips: number, count: number): string {
  if (flips === 1) return t('1 of {0} first guesses changes', formatCount(count));
  return t('{0} of {1} first guesses change', formatCount(flips), formatCount(count));
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-form-table': FormTableElement;
  }
  interface HTMLElementEventMap {
    'compare-form': CustomEvent<Precision>;
  }
}
