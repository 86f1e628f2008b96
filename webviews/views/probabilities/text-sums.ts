import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type ColourScale, cssColour } from '../../../src/shared/colour-scale';
import {
  formatCount,
  formatDecimal,
  formatNats,
  formatPerplexity,
  formatProbability,
} from '../../../src/shared/numbers';
import type { RankClass } from '../../../src/shared/rank-class';
import type { Sums } from '../../../src/shared/sums';
import { styled } from '../../kit/styled';
import { base } from '../../kit/styles';
import '../../kit/term';
import { t } from '../../l10n';

/** Each as loud as the scale of ranks has it in its middle. */
const CLASSES: { name: RankClass; share: number; label: () => string }[] = [
  { name: 'first', share: 0, label: () => t('first guess') },
  { name: 'ten', share: 0.33, label: () => t('top 10') },
  { name: 'hundred', share: 0.67, label: () => t('top 100') },
  { name: 'beyond', share: 1, label: () => t('beyond') },
];

/** What a text of which something is predicted comes to: how probable it is as a whole, and how often the model guessed right. */
@customElement('vt-text-sums')
export class TextSumsElement extends LitElement {
  @property({ attribute: false }) accessor sums!: Sums;
  @property({ attribute: false }) accessor tint!: ColourScale;

  static override styles = [
    base,
    css`
      :host { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 240px), 1fr)); gap: 16px 32px; }
      .stack { display: flex; gap: 1px; height: 24px; }
      .stack i { flex: 1 0 0; min-width: 0; font-style: normal; padding: 0 4px; line-height: 20px; overflow: hidden; }
      i.first { outline: 1px solid var(--line); outline-offset: -1px; }
      i, dt::before { border-bottom: 2px solid transparent; }
      .ten, .ten::before { border-bottom: 2px dotted color-mix(in srgb, currentcolor 60%, transparent) !important; }
      .hundred, .hundred::before { border-bottom: 2px dashed color-mix(in srgb, currentcolor 70%, transparent) !important; }
      .beyond, .beyond::before { border-bottom: 2px solid color-mix(in srgb, currentcolor 85%, transparent) !important; }
      dl { display: grid; grid-template-columns: 1fr auto; gap: 2px 16px; margin: 8px 0 0; }
      .numbers { margin: 0; align-content: start; }
      dt { color: var(--dim); }
      dt.class { padding-inline-start: 24px; text-indent: -24px; }
      dt.ten, dt.hundred, dt.beyond { border: 0 !important; }
      dt.class::before { content: ''; display: inline-block; width: 16px; margin-right: 8px; vertical-align: 3px; }
      dd { margin: 0; text-align: end; }
    `,
  ];

  override render(): TemplateResult {
    const { logprob, perplexity, bitsPerCharacter } = this.sums;
    return html`<section>
        <h2><vt-term name="rankClass">${t('How often it was right')}</vt-term></h2>
        ${this.#classes()}
      </section>
      <section>
        <h2>${t('The text as a whole')}</h2>
        <dl class="numbers number">
          <dt><vt-term name="logprob">${t('log-probability')}</vt-term></dt><dd title=${logprob}>${formatNats(logprob)}</dd>
          <dt><vt-term name="perplexity">${t('perplexity')}</vt-term></dt>
          <dd title=${perplexity ?? nothing}>${formatPerplexity(perplexity ?? Number.NaN)}</dd>
          <dt><vt-term name="bitsPerCharacter">${t('bits a character')}</vt-term></dt>
          <dd title=${bitsPerCharacter ?? nothing}>${formatDecimal(bitsPerCharacter ?? Number.NaN)}</dd>
        </dl>
      </section>`;
  }

  #classes(): TemplateResult {
    const { classes, predicted } = this.sums;
    const there = CLASSES.filter(({ name }) => classes[name] > 0);
    return html`<div class="stack number" aria-hidden="true">
        ${there.map(
          ({ name, share }) =>
            html`<i class=${name} ${styled({ 'flex-grow': `${classes[name]}`, 'background-color': cssColour(this.tint(share)) })}
              >${classes[name] / predicted > 0.08 ? formatCount(classes[name]) : ''}</i
            >`,
        )}
      </div>
      <dl class="number">
        ${CLASSES.map(
          ({ name, label }) =>
            html`<dt class="class ${name}">${label()}</dt>
              <dd>${t('{0} of {1}', formatCount(classes[name]), formatCount(predicted))} · ${formatProbability(classes[name] / predicted)}</dd>`,
        )}
      </dl>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-text-sums': TextSumsElement;
  }
}
