import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatLogprob, formatNatsChange } from '../../../../src/display/numbers';
import type { HeadAddress } from '../../../../src/shared/head-address';
import type { Part, Why } from '../../../../src/shared/why-api';
import { base } from '../../../kit/styles';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import { rowWorking } from '../../attention/working-row';
import '../../attention/switched-off';
import type { Effect } from './measured';
import type { Measuring } from './measuring';
import { formatSigned, formatSignedNats } from './numbers';
import './opened-head';
import './opened-mlp';
import { attentionParts, directOf } from './part';
import './part-bars';
import type { PartsData } from './parts-data';
import type { Names } from './sources-strip';
import { barOf } from './strongest-parts';

/** The part that is opened, into what it is made of: a layer into heads, a head into the text, an MLP into neurons. */
@customElement('vt-opened-part')
export class OpenedPartElement extends StoreElement {
  @property({ attribute: false }) accessor why!: Why;
  @property({ attribute: false }) accessor shownPart!: Part;
  @property({ attribute: false }) accessor data!: PartsData;
  /** Changes with what is opened. */
  @property({ attribute: false }) accessor answer: unknown;
  @property({ attribute: false }) accessor measuring!: Measuring;
  /** Changes with what is measured. */
  @property({ attribute: false }) accessor effects: unknown;
  @property({ attribute: false }) accessor names!: Names;
  @property({ attribute: false }) accessor nameOf!: (part: Part) => string;

  static override styles = [
    base,
    css`
      p, vt-part-bars { margin-bottom: 8px; }
      .line { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; margin-top: 8px; }
      h2::first-letter { text-transform: uppercase; }
    `,
  ];

  override render(): TemplateResult {
    const { shownPart: part, why, data } = this;
    const direct = formatSignedNats(directOf(why, part));
    return html`<h2>${this.nameOf(part)} <small class="number">${direct}</small></h2>
      ${this.#own(part)}
      ${data.openingFailure ? html`<p role="alert">${data.openingFailure}</p>` : this.#content()}`;
  }

  /** Its switch, and what really happened without it. */
  #own(part: Part): TemplateResult {
    const { store } = this;
    const bar = barOf(part, this);
    return html`<vt-part-bars
        bare
        label=${this.nameOf(part)}
        .names=${this.names}
        .bars=${[bar]}
        .theme=${store.theme}
        .scale=${store.theme.differenceMark}
        ?live=${store.isLive}
      ></vt-part-bars>
      ${bar.effect ? this.#without(bar.effect) : nothing}`;
  }

  #without({ logprobChange, without }: Effect): TemplateResult {
    const { token, against } = this.names;
    const [own, other] = [formatLogprob(without.token), formatLogprob(without.against)];
    const change = formatNatsChange(logprobChange);
    return html`<p class="number">${t('Without it {0} has {1} ({2}), {3} has {4}.', token, own, change, against, other)}</p>`;
  }

  #content(): TemplateResult {
    const { shownPart: part, store, why } = this;
    const { opened } = this.data;
    if (part.kind === 'attention' || part.kind === 'layer') return this.#layer(part.layer);
    if (!opened) return html`<p class="dim">${t('Asking the model …')}</p>`;
    if (opened.kind === 'mlp') {
      return html`<vt-opened-mlp
        .store=${store}
        .layer=${opened.layer}
        .neurons=${opened.neurons}
        .scale=${store.theme.differenceMark}
      ></vt-opened-mlp>`;
    }
    return html`<vt-opened-head
        .store=${store}
        .sources=${opened.sources}
        .direct=${directOf(why, part)}
      ></vt-opened-head>
      ${store.isLive ? html`${rowWorking(store, opened.part, why.position - 1)} ${this.#everywhere(opened.part)}` : nothing}`;
  }

  /** Together with all others that are off, in all views. */
  #everywhere(head: HeadAddress): TemplateResult {
    return html`<div class="line no-picture">
      <vt-switched-off
        .ablated=${this.store.state.ablated}
        .chosen=${head}
        @ablate=${({ detail }: CustomEvent<HeadAddress[]>) => this.#ablate(head, detail)}
      ></vt-switched-off>
      <span class="dim">${t('in all views, together')}</span>
    </div>`;
  }

  /** Who switches a head off has chosen it: without it, another one might do most. */
  #ablate(chosen: HeadAddress, heads: HeadAddress[]): void {
    this.store.select({ layer: chosen.layer, head: chosen.head });
    void this.store.host.ablate(heads);
  }

  #layer(layer: number): TemplateResult {
    const { why, store } = this;
    const attention = (store.state.model?.layers ?? []).map((each) => each.attention);
    const heads = attentionParts(why, layer, attention);
    const isWhole = this.shownPart.kind === 'layer';
    const parts: Part[] = isWhole ? [{ kind: 'attention', layer }, { kind: 'mlp', layer }, ...heads] : heads;
    const bias = why.attentionBiases[layer] ?? 0;
    return html`<vt-part-bars
        label=${this.nameOf(this.shownPart)}
        .names=${this.names}
        .bars=${parts.map((part) => barOf(part, this))}
        .theme=${store.theme}
        .scale=${store.theme.differenceMark}
        ?live=${store.isLive}
      ></vt-part-bars>
      ${bias === 0 ? nothing : html`<p class="dim number">${t('The biases of its values and its output, which are no head’s: {0}.', formatSigned(bias))}</p>`}
      ${attention[layer] ? nothing : html`<p class="dim"><vt-term name="noAttention">${t('layer without attention')}</vt-term></p>`}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-opened-part': OpenedPartElement;
  }
}
