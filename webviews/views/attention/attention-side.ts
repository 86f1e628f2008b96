import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { HeadSummary } from '../../../src/shared/engine-api';
import { type HeadAddress, isSameHead } from '../../../src/shared/head-address';
import { base } from '../../kit/styles';
import { subjectTokens } from '../../kit/subject-tokens';
import '../../kit/why-link';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import './head-facts';
import './head-finder';
import { type AttentionScope, headName } from './attention-scope';
import { measuredText } from './head-summary-text';
import './mattering-heads';
import { reachOf } from './reach';
import type { RowWeights } from './row-weights';
import './strongest-keys';
import { rowWorking } from './working-row';

/** What is known of the head, and of the others. Event: `head-select`. */
@customElement('vt-attention-side')
export class AttentionSideElement extends StoreElement {
  @property({ attribute: false }) accessor scope!: AttentionScope;
  @property({ attribute: false }) accessor chosen!: HeadAddress;
  @property({ attribute: false }) accessor summaries: readonly HeadSummary[] | undefined;
  @property({ attribute: false }) accessor row: RowWeights | undefined;

  static override styles = [
    base,
    css`
      :host { min-width: 0; }
      .sections { columns: 280px; column-gap: 32px; }
      section { break-inside: avoid; margin-bottom: 24px; }
    `,
  ];

  override render(): TemplateResult {
    const { store, scope, summaries } = this;
    const tokens = store.subject?.read?.ids.length ?? 0;
    const measured = measuredText(store.subject);
    const reach = store.state.model && reachOf(store.state.model, scope, tokens);
    // Nothing is measured of a head in a layer without attention.
    const summary = summaries?.find((other) => isSameHead(other, scope) && !Number.isNaN(other.entropy));
    return html`<div class="sections">
      ${
        scope.kind === 'head' && summary
          ? html`<section>
              <h2>${t('What this head does')} <small>${[headName(scope), measured].filter(Boolean).join(' · ')}</small></h2>
              <vt-head-facts .summary=${summary} .theme=${store.theme} .tokens=${tokens} .reach=${reach}></vt-head-facts>
            </section>`
          : nothing
      }
      ${this.#keys()}
      ${store.isLive ? this.#mattering() : nothing}
      ${
        summaries && tokens > 1
          ? html`<section>
              <h2>${t('Strongest heads in this text')} <small>${measured}</small></h2>
              <vt-head-finder .summaries=${summaries} .chosen=${this.chosen} @head-select=${this.#passOn}></vt-head-finder>
            </section>`
          : nothing
      }
    </div>`;
  }

  #keys(): TemplateResult | typeof nothing {
    const { row, scope, store } = this;
    if (!row || row.largest === 0) return nothing;
    const label = subjectTokens(store.subject)[row.query]?.label ?? '';
    return html`<section>
      <h2>${t('Where it looks')} <small class="mono">${label}</small></h2>
      <p><vt-why-link .store=${store} .position=${row.query}></vt-why-link></p>
      <vt-strongest-keys .store=${store} .row=${row} .scale=${store.theme.mark('blue')}></vt-strongest-keys>
      ${scope.kind === 'head' ? rowWorking(store, scope, row.query) : nothing}
    </section>`;
  }

  #mattering(): TemplateResult {
    const { store } = this;
    return html`<section>
      <h2>${t('Heads that mattered most')}</h2>
      <vt-mattering-heads
        .store=${store}
        .trace=${store.subject?.read?.trace}
        .token=${store.state.selected.token}
        .ablated=${store.state.ablated.map(headName).join(' ')}
        @head-select=${this.#passOn}
      ></vt-mattering-heads>
    </section>`;
  }

  readonly #passOn = ({ detail }: CustomEvent<HeadAddress>): boolean =>
    this.dispatchEvent(new CustomEvent('head-select', { detail }));
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-attention-side': AttentionSideElement;
  }
}
