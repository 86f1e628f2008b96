import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatBits, formatLogprobShort, formatNats, formatNatsChange } from '../../../src/display/numbers';
import { bitsOf } from '../../../src/display/scales';
import { OneStop } from '../../kit/one-stop';
import { base } from '../../kit/styles';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import type { ChangedText } from './changed-text';

const LARGEST = 8;

/** What tokens in the place of others do to what follows. */
@customElement('vt-change-panel')
export class ChangePanelElement extends StoreElement {
  @property({ attribute: false }) accessor changed!: ChangedText;
  readonly #stops = new OneStop(this);

  static override styles = [
    base,
    css`
      p { max-width: none; }
      .mono { white-space: pre; }
      ol { display: flex; flex-wrap: wrap; gap: 4px 8px; list-style: none; margin: 8px 0 0; padding: 0; }
      ol button { font: inherit; color: inherit; text-align: start; background: none; border: 1px solid var(--line); padding: 2px 8px; cursor: pointer; }
      ol button:hover { background: var(--vscode-list-hoverBackground); }
    `,
  ];

  override render(): TemplateResult {
    const rows = this.#largest();
    return html`<h2>${t('What changed most')}</h2>
      <p class="number">${this.#sum()}</p>
      <div
        role="toolbar"
        aria-label=${t('What changed most')}
        @focusin=${this.#stops.focused}
        @keydown=${this.#stops.keyPressed}
      ><ol>${rows.map((position) => html`<li>${this.#token(position)}</li>`)}</ol></div>`;
  }

  /** Of the tokens that follow the first change and are the same in both. */
  #following(): number[] {
    const first = this.changed.changes[0]?.position ?? 0;
    const others = new Set(this.changed.changes.map(({ position }) => position));
    const all = Array.from({ length: this.changed.ids.length - first - 1 }, (_, i) => first + 1 + i);
    return all.filter((position) => !others.has(position));
  }

  #sum(): string {
    const following = this.#following();
    if (following.length === 0) return t('Nothing follows it.');
    const before = following.reduce((sum, position) => sum + (this.store.predictions?.logprob[position] ?? 0), 0);
    const after = following.reduce((sum, position) => sum + (this.changed.predictions.logprob[position] ?? 0), 0);
    return t(
      'What follows: log-probability {0}, before {1} ({2}).',
      formatNats(after),
      formatNats(before),
      formatNatsChange(after - before),
    );
  }

  /** Positions, the largest difference first. */
  #largest(): number[] {
    return this.#following()
      .sort((one, other) => Math.abs(this.#bitsMore(other)) - Math.abs(this.#bitsMore(one)))
      .slice(0, LARGEST);
  }

  #token(position: number): TemplateResult {
    const bits = this.#bitsMore(position);
    const before = formatLogprobShort(this.store.predictions?.logprob[position] ?? Number.NaN);
    const after = formatLogprobShort(this.changed.predictions.logprob[position] ?? Number.NaN);
    const sign = bits > 0 ? '+' : '';
    return html`<button @click=${() => this.store.selectToken(position)}>
      <span class="mono">${this.changed.tokens[position]?.label ?? ''}</span>
      <span class="number">${sign}${formatBits(bits)}</span> <span class="number dim">${before} → ${after}</span>
    </button>`;
  }

  #bitsMore(position: number): number {
    const bits = (logprobs: Float32Array | undefined) => bitsOf(logprobs?.[position] ?? Number.NaN);
    return bits(this.changed.predictions.logprob) - bits(this.store.predictions?.logprob);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-change-panel': ChangePanelElement;
  }
}
