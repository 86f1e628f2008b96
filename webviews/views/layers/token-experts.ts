import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatProbability } from '../../../src/display/numbers';
import { base, chips } from '../../kit/styles';
import { t } from '../../l10n';
import type { ExpertAddress, ExpertChoice } from './expert-use';

/** Which experts a token went to, layer by layer. Event: `expert-select`. */
@customElement('vt-token-experts')
export class TokenExpertsElement extends LitElement {
  /** Of each layer that has experts; nothing where no token is chosen. */
  @property({ attribute: false }) accessor choices: readonly ExpertChoice[][] = [];
  @property({ attribute: false }) accessor chosen: ExpertAddress | undefined;
  /** The token. */
  @property() accessor label = '';

  static override styles = [
    base,
    chips,
    css`
      /* As high as the matrix at the most: a large model has 48 layers of 8. */
      dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 4px 12px; max-height: max(240px, min(100vh - 240px, 640px)); overflow: auto; }
      dt { color: var(--dim); }
    `,
  ];

  override render(): TemplateResult {
    if (this.choices.length === 0)
      return html`<p class="dim">${t('Choose a token to see which experts it went to.')}</p>`;
    return html`<h2>${t('Where it went')} <small class="mono">${this.label}</small></h2>
      <dl>${this.choices.map((choices) => this.#layer(choices))}</dl>`;
  }

  #layer(choices: readonly ExpertChoice[]): TemplateResult | typeof nothing {
    const [first] = choices;
    if (!first) return nothing;
    return html`<dt class="number">${t('layer {0}', first.layer)}</dt>
      <dd>${choices.map((choice) => this.#expert(choice))}</dd>`;
  }

  #expert({ layer, expert, weight }: ExpertChoice): TemplateResult {
    const select = () => this.dispatchEvent(new CustomEvent('expert-select', { detail: { layer, expert } }));
    const isChosen = this.chosen?.layer === layer && this.chosen.expert === expert;
    const share = formatProbability(Math.min(1, weight));
    return html`<button
      class="number"
      aria-pressed=${isChosen}
      aria-label=${t('layer {0}, expert {1} {2}', layer, expert, share)}
      @click=${select}
    >${expert} <small>${share}</small></button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-token-experts': TokenExpertsElement;
  }
}
