import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cssColour } from '../../../../src/display/colour-scale';
import { formatLogprob } from '../../../../src/display/numbers';
import type { Part } from '../../../../src/shared/why-api';
import { OneStop } from '../../../kit/one-stop';
import { styled } from '../../../kit/styled';
import { base } from '../../../kit/styles';
import '../../../kit/term';
import type { Theme } from '../../../kit/theme';
import { t } from '../../../l10n';
import { agreementOf, type Effect } from './measured';
import { formatSigned, formatSignedNats } from './numbers';
import { isSamePart, keyOf } from './part';
import { partBarStyles } from './part-bar-styles';
import type { Names } from './sources-strip';

/** A part, what it wrote itself, and what really happened without it. */
export interface PartBar {
  part: Part;
  name: string;
  direct: number;
  effect: Effect | undefined;
  isOff: boolean;
}

/**
 * Parts with what they wrote directly as full bars, and what they bring in all as hollow ones, once they were switched off.
 *
 * Events: `part-select` with a part that is to be opened, `part-switch` with one that is to be switched off or on.
 */
@customElement('vt-part-bars')
export class PartBarsElement extends LitElement {
  @property({ attribute: false }) accessor bars: readonly PartBar[] = [];
  @property({ attribute: false }) accessor opened: Part | undefined;
  @property({ attribute: false }) accessor theme!: Theme;
  /** Changes with the theme. */
  @property({ attribute: false }) accessor scale: unknown;
  @property({ attribute: false }) accessor names!: Names;
  @property() accessor label = '';
  /** Without a line that says what the columns are. */
  @property({ type: Boolean }) accessor bare = false;
  /** Whether parts can be switched off. */
  @property({ type: Boolean }) accessor live = false;
  readonly #stops = new OneStop(this);

  static override styles = [base, partBarStyles];

  override render(): TemplateResult {
    const end = Math.max(
      0.1,
      ...this.bars.flatMap(({ direct, effect }) => [Math.abs(direct), Math.abs(effect?.total ?? 0)]),
    );
    return html`${this.bare ? nothing : this.#head()}
      <div
        role="toolbar"
        aria-orientation="vertical"
        aria-label=${this.label}
        @focusin=${this.#stops.focused}
        @keydown=${this.#stops.keyPressed}
      ><ol>${this.bars.map((bar) => html`<li class="row">${this.#row(bar, end)}</li>`)}</ol></div>`;
  }

  #head(): TemplateResult {
    return html`<div class="row head">
        <span></span><span></span>
        <span class="ends" aria-hidden="true"><span>← <bdi>${this.names.against}</bdi></span><span><bdi>${this.names.token}</bdi> →</span></span>
        <span class="value"><vt-term name="directEffect">${t('direct')}</vt-term></span>
        <span class="value"><vt-term name="totalEffect">${t('total')}</vt-term></span>
      </div>`;
  }

  #row(bar: PartBar, end: number): TemplateResult {
    const { part, name, direct, effect, isOff } = bar;
    const isOpened = this.opened !== undefined && isSamePart(part, this.opened);
    return html`${this.live ? this.#switch(bar) : html`<span></span>`}
      <button
        class="name ${isOpened ? 'opened' : ''}"
        aria-pressed=${isOpened}
        aria-label=${[name, formatSignedNats(direct), effect && t('total {0}', formatSignedNats(effect.total))].filter(Boolean).join(', ')}
        @click=${() => this.#tell('part-select', part)}
      ><bdi>${name}</bdi></button>
      <span class="track">
        ${this.#bar('bar', direct, end)}${effect ? this.#bar('hollow', effect.total, end) : nothing}<i class="zero"></i>
      </span>
      <span class="value number" title=${formatSignedNats(direct)}>${formatSigned(direct)}</span>
      <span class="value number total" title=${effect ? titleOf(effect) : nothing}>${effect ? this.#total(direct, effect) : isOff ? '…' : ''}</span>`;
  }

  #total(direct: number, { total }: Effect): unknown {
    const isFar = agreementOf(direct, total) !== 'alike';
    return html`${isFar ? html`<b class="far" role="img" aria-label=${t('far from the direct effect')}>≠</b> ` : nothing}${formatSigned(total)}`;
  }

  #bar(kind: 'bar' | 'hollow', value: number, end: number): TemplateResult {
    const share = (50 * Math.min(end, Math.abs(value))) / end;
    const colour = cssColour(this.theme.differenceMark(value > 0 ? -1 : 1));
    const left = value > 0 ? '50%' : `${50 - share}%`;
    return html`<i class=${kind} ${styled({ left, width: `${share}%`, [kind === 'bar' ? 'background-color' : 'border-color']: colour })}></i>`;
  }

  #switch({ part, name, isOff }: PartBar): TemplateResult {
    const label = t('{0} on', name);
    return html`<button
      class="switch no-picture"
      role="switch"
      aria-checked=${!isOff}
      aria-label=${label}
      title=${isOff ? t('Switch {0} on', name) : t('Switch {0} off, by itself, and see what really happens', name)}
      data-key=${keyOf(part)}
      @click=${() => this.#tell('part-switch', part)}
    ><i></i></button>`;
  }

  #tell(type: 'part-select' | 'part-switch', detail: Part): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

/** In words: what became of both tokens. */
function titleOf({ total, logprobChange, without }: Effect): string {
  return [
    t('total {0}', formatSignedNats(total)),
    t('log-probability of the token {0}', formatSignedNats(logprobChange)),
    t('without it {0}, the other {1}', formatLogprob(without.token), formatLogprob(without.against)),
  ].join('\n');
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-part-bars': PartBarsElement;
  }
  interface HTMLElementEventMap {
    'part-switch': CustomEvent<Part>;
  }
}
