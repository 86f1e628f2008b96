import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ComparisonState } from '../../src/shared/inspector-api';
import type { TaskProgress } from '../../src/shared/progress';
import { t } from '../l10n';
import { StoreElement } from '../store/store-element';
import { stateLine } from './state-line';
import { base } from './styles';
import { button } from './toolkit';

/** What the comparison is at, where it is not simply done: a sentence, and what can be done about it. Event: `again`. */
@customElement('vt-comparison-state')
export class ComparisonStateElement extends StoreElement {
  @property({ attribute: false }) accessor comparison!: ComparisonState;
  @property({ attribute: false }) accessor progress: TaskProgress | undefined;
  @property({ attribute: false }) accessor error: string | undefined;
  /** Whether both models are being asked about the text. */
  @property({ type: Boolean }) accessor busy = false;
  /** Whether what was known before is still shown. */
  @property({ type: Boolean }) accessor late = false;

  static override styles = [
    base,
    stateLine,
    css`
      .actions { display: flex; flex-wrap: wrap; gap: 8px; }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { reading, b } = this.comparison;
    const failure = reading.kind === 'failed' ? reading.message : this.error;
    if (failure !== undefined) return this.#failed(failure);
    if (reading.kind === 'working') {
      const text = reading.stage === 'compile' ? t('Compiling {0}, once', b.label) : t('Loading {0}', b.label);
      return this.#working(text, reading);
    }
    if (this.busy) return this.#working(t('Both models read the text'), this.progress);
    return nothing;
  }

  #failed(message: string): TemplateResult {
    const { host } = this.store;
    const actions = html`<span class="actions">
      ${button(t('Try again'), () => this.dispatchEvent(new CustomEvent('again')), { isPrimary: true })}
      ${button(t('Compare With…'), () => host.compareWith())}
      ${button(t('Show log'), () => host.run('showLog'))}
    </span>`;
    return html`<div role="status"><p>${message}</p>${this.store.isLive ? actions : nothing}</div>`;
  }

  #working(text: string, progress: TaskProgress | undefined): TemplateResult {
    return html`<div role="status" class=${this.late ? 'late' : ''}>
      <p>${text}</p>
      <progress max=${progress?.total ?? nothing} value=${progress?.done ?? nothing} aria-label=${text}></progress>
      ${button(t('Cancel'), () => this.store.host.stopComparing())}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-comparison-state': ComparisonStateElement;
  }
}
