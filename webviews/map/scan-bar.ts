import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatCount } from '../../src/display/numbers';
import { messageOf } from '../../src/shared/errors';
import type { MapHost, MapState } from '../../src/shared/map-api';
import { base } from '../kit/styles';
import { button } from '../kit/toolkit';
import { t } from '../l10n';
import { leftOutText, progressText, scanningText } from './scan-texts';

/** How far the folder is read, what is left out of it, and the reader's buttons. */
@customElement('vt-scan-bar')
export class ScanBarElement extends LitElement {
  @property({ attribute: false }) accessor host!: MapHost;
  @property({ attribute: false }) accessor state!: MapState;
  /** What went wrong elsewhere in the map. */
  @property({ attribute: false }) accessor problem = '';
  @state() accessor own = '';

  static override styles = [
    base,
    css`
      header { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 16px; }
      h1 { margin: 0; font-size: inherit; overflow-wrap: anywhere; }
      .actions { display: flex; flex-wrap: wrap; gap: 4px; margin-inline-start: auto; }
      progress { width: 96px; vertical-align: middle; }
      summary { cursor: pointer; color: var(--dim); }
      dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0 12px; margin: 4px 0; }
      dd { margin: 0; overflow-wrap: anywhere; }
      @media (max-width: 560px) { dl { grid-template-columns: minmax(0, 1fr); } }
    `,
  ];

  override render(): TemplateResult {
    const { state, host } = this;
    const { kind } = state.scanning;
    const { filesRead, files, tokensRead, tokens } = state.progress;
    const isAtWork = ['loading', 'working', 'waiting'].includes(kind);
    const mayBegin = ['off', 'paused', 'failed'].includes(kind);
    return html`<header>
        <h1>${t('Map of {0}', state.name)}</h1>
        <span class="number">${progressText(state)} ${isAtWork && filesRead < files ? html`<progress max=${tokens} value=${tokensRead} aria-label=${t('Reading the files')}></progress>` : nothing}</span>
        <span class="dim">${[scanningText(state), state.model].filter(Boolean).join(' · ')}</span>
        <div class="actions">
          ${isAtWork ? button(t('Pause'), () => this.#ask(host.setScanning(false))) : nothing}
          ${mayBegin ? button(kind === 'off' ? t('Read the Files') : t('Resume'), () => this.#ask(host.setScanning(true)), { isPrimary: true }) : nothing}
          ${isAtWork || kind === 'paused' ? button(t('End'), () => this.#ask(host.endScan())) : nothing}
        </div>
      </header>
      ${this.#leftOut()}
      <div role="status">${this.#notices()}</div>`;
  }

  #notices(): TemplateResult[] {
    const { scanning, notice } = this.state;
    const failure = scanning.kind === 'failed' ? scanning.message : '';
    return [failure, notice ?? '', this.problem, this.own]
      .filter((text) => text !== '')
      .map((text) => html`<p>${text}</p>`);
  }

  #leftOut(): TemplateResult | typeof nothing {
    const { leftOut } = this.state;
    const all = leftOut.reduce((sum, { files }) => sum + files, 0);
    if (all === 0) return nothing;
    return html`<details>
      <summary>${all === 1 ? t('1 file is left out') : t('{0} files are left out', formatCount(all))}</summary>
      <dl>${leftOut.map(({ reason, files, examples }) => html`<dt>${leftOutText(reason)}: ${formatCount(files)}</dt><dd class="dim">${examples.join(', ')}${examples.length < files ? ' …' : ''}</dd>`)}</dl>
    </details>`;
  }

  async #ask(asked: Promise<void>): Promise<void> {
    try {
      this.own = '';
      await asked;
    } catch (error) {
      this.own = messageOf(error);
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-scan-bar': ScanBarElement;
  }
}
