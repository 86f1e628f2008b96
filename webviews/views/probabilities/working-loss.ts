import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cssColour } from '../../../src/display/colour-scale';
import { formatDecimal, formatLogprobInDigits, formatNats } from '../../../src/display/numbers';
import { styled } from '../../kit/styled';
import { base } from '../../kit/styles';
import type { Theme } from '../../kit/theme';
import { working } from '../../kit/working/working';
import { t } from '../../l10n';
import type { ViewStore } from '../../store/view-store';
import { lossTitle } from './word-loss';
import type { WordPlace } from './word-place';
import './working-loss-curve';

/** A whole word at a place, and what each of its tokens costs given the ones before. */
export interface LossWord {
  label: string;
  pieces: readonly { label: string; logprob: number }[];
  /** Of all of them, one after another. */
  logprob: number;
  /** Whether it is the one that stands there. */
  isThere: boolean;
}

/** How the loss of whole words comes about: probabilities of tokens multiply, so that their losses add up, and −ln makes much of what is improbable. */
@customElement('vt-loss-working')
export class LossWorkingElement extends LitElement {
  @property({ attribute: false }) accessor words: readonly LossWord[] = [];
  @property({ attribute: false }) accessor theme!: Theme;

  static override styles = [
    base,
    css`
      ul { margin: 12px 0; padding: 0; list-style: none; }
      li { margin-bottom: 12px; }
      .head { display: flex; justify-content: space-between; gap: 8px; }
      .there { font-weight: 600; }
      .bar { display: flex; gap: 1px; height: 14px; background: color-mix(in srgb, currentcolor 8%, transparent); }
      .bar i { min-width: 1px; transition: width 120ms; }
    `,
  ];

  override render(): TemplateResult {
    const largest = Math.max(...this.words.map(({ logprob }) => -logprob));
    return html`<p>
        ${t('The loss of the word that stands here is what training makes small. It is −ln of the word’s probability; a word of several tokens has the product of theirs, so that their losses add up.')}
      </p>
      <ul class="number">
        ${this.words.map((word) => this.#word(word, largest))}
      </ul>
      <vt-loss-curve .words=${this.words} .theme=${this.theme}></vt-loss-curve>`;
  }

  #word({ label, pieces, logprob, isThere }: LossWord, largest: number): TemplateResult {
    const colour = cssColour(this.theme.mark('warm')(1));
    const width = (nats: number) => `${largest > 0 ? (100 * nats) / largest : 0}%`;
    return html`<li>
      <div class="head ${isThere ? 'there' : ''}">
        <span class="mono one-line">${label}${isThere ? html` <span role="img" aria-label=${t('It stands here.')}>◂</span>` : nothing}</span>
        <span title=${lossTitle(logprob)}>${formatNats(-logprob)}</span>
      </div>
      <div class="bar" aria-hidden="true">
        ${pieces.map((piece) => html`<i ${styled({ width: width(-piece.logprob), 'background-color': colour })}></i>`)}
      </div>
      <div class="dim">${formula(pieces, logprob)}</div>
    </li>`;
  }
}

/** The word that stands at a place, with all its tokens. */
export const wordThere = ({ label, pieces, logprob }: WordPlace): LossWord => ({
  label,
  pieces,
  logprob,
  isThere: true,
});

/** Opened in place. @param words asked for only then */
export function lossWorking(store: ViewStore, words: () => readonly LossWord[]): TemplateResult {
  return working(
    store,
    'loss',
    t('How the loss comes about'),
    () => html`<vt-loss-working .words=${words()} .theme=${store.theme}></vt-loss-working>`,
  );
}

/** `−ln (2.1 % × 57 %) = 3.9 + 0.56`. */
function formula(pieces: LossWord['pieces'], logprob: number): string {
  if (pieces.length === 1) return `−ln ${formatLogprobInDigits(logprob)}`;
  const product = pieces.map((piece) => formatLogprobInDigits(piece.logprob)).join(' × ');
  const sum = pieces.map((piece) => formatDecimal(-piece.logprob)).join(' + ');
  return `−ln (${product}) = ${sum}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-loss-working': LossWorkingElement;
  }
}
