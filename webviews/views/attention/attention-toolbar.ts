import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { HeadAddress } from '../../../src/shared/head-address';
import '../../kit/checkbox';
import '../../kit/choice';
import type { Option } from '../../kit/choice';
import { base } from '../../kit/styles';
import '../../kit/term';
import { GLOSSARY } from '../../glossary';
import { ReportedHeight } from '../../kit/reported-height';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import type { AttentionScope } from './attention-scope';
import './switched-off';
import { isValueWeighted, VALUES } from './value-weighting';

/** Whose attention is shown and how, and which heads are off: below the text, which shows at once what that changes. Event: `choice-change`. */
@customElement('vt-attention-toolbar')
export class AttentionToolbarElement extends StoreElement {
  @property({ attribute: false }) accessor scope!: AttentionScope;
  @property({ attribute: false }) accessor chosen!: HeadAddress;

  constructor() {
    super();
    new ReportedHeight(this, 'toolbar');
  }

  static override styles = [
    base,
    css`
      :host { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 16px; padding: 8px 16px 0; }
      .group { display: inline-flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; }
      vt-term { color: var(--dim); }
    `,
  ];

  override render(): TemplateResult {
    const { store } = this;
    return html`${this.#choice('attention.picture', 'matrix', t('Picture'), [
      { value: 'matrix', label: t('matrix') },
      { value: 'arcs', label: t('arcs') },
    ])}
      ${this.#choice('attention.kind', 'head', t('Whose attention'), [
        { value: 'head', label: t('one head') },
        { value: 'layer', label: t('mean of the layer') },
        { value: 'rollout', label: t('rollout'), title: GLOSSARY.rollout() },
      ])}
      ${this.scope.kind === 'rollout' ? html`<vt-term name="rollout">${t('What is a rollout?')}</vt-term>` : nothing}
      <span class="group">
        <vt-checkbox
          .checked=${store.state.masksSink}
          @change=${({ detail }: CustomEvent<boolean>) => store.setMasksSink(detail)}
          >${t('mask the sink')}</vt-checkbox
        >
        <vt-term name="sink">${t('(the first token)')}</vt-term>
      </span>
      ${store.isLive && this.scope.kind !== 'rollout' ? this.#values() : nothing}
      ${store.isLive ? this.#ablation() : nothing}`;
  }

  #values(): TemplateResult {
    return html`<span class="group">
      <vt-checkbox
        .checked=${isValueWeighted(this.store)}
        @change=${({ detail }: CustomEvent<boolean>) => this.#choose(VALUES, detail)}
        >${t('weighted by values')}</vt-checkbox
      >
      <vt-term name="valueWeighted">${t('(what it writes)')}</vt-term>
    </span>`;
  }

  #ablation(): TemplateResult | typeof nothing {
    const { ablated, model } = this.store.state;
    const hasAttention = model?.layers[this.chosen.layer]?.attention !== false;
    if (!hasAttention && ablated.length === 0) return nothing;
    return html`<vt-switched-off
        .ablated=${ablated}
        .chosen=${hasAttention ? this.chosen : undefined}
        @ablate=${({ detail }: CustomEvent<HeadAddress[]>) => this.#ablate(detail)}
      ></vt-switched-off>
      <vt-term name="ablation">${t('What is that for?')}</vt-term>
      ${
        ablated.length > 0
          ? this.#choice('attention.strip', 'change', t('The text above shows'), [
              { value: 'change', label: t('what changes') },
              { value: 'attention', label: t('attention') },
            ])
          : nothing
      }`;
  }

  /** Who switches a head off has chosen it: without it, the text might be opened with another. */
  #ablate(heads: HeadAddress[]): void {
    this.store.select(this.chosen);
    void this.store.host.ablate(heads);
  }

  #choice(name: string, byDefault: string, label: string, options: Option[]): TemplateResult {
    return html`<vt-choice
      label=${label}
      .value=${this.store.viewState.get<string>(name, byDefault)}
      .options=${options}
      @choose=${({ detail }: CustomEvent<string>) => this.#choose(name, detail)}
    ></vt-choice>`;
  }

  #choose(name: string, value: string | boolean): void {
    this.store.viewState.set(name, value);
    this.dispatchEvent(new CustomEvent('choice-change'));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-attention-toolbar': AttentionToolbarElement;
  }
}
