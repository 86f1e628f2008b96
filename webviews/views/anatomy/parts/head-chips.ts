import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount } from '../../../../src/display/numbers';
import type { AnatomyLayer } from '../../../../src/shared/anatomy-api';
import { OneStop } from '../../../kit/one-stop';
import { base, chips } from '../../../kit/styles';
import { button } from '../../../kit/toolkit';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';

/** The heads of a layer, together where they share keys and values: a press selects one, here and in every view. */
@customElement('vt-head-chips')
export class HeadChipsElement extends StoreElement {
  @property({ type: Number }) accessor layer = 0;
  @property({ attribute: false }) accessor attention!: NonNullable<AnatomyLayer['attention']>;
  readonly #stops = new OneStop(this);

  static override styles = [
    base,
    chips,
    css`
      .heads { display: flex; flex-wrap: wrap; gap: 4px 8px; margin: 4px 0; }
      .group { display: flex; gap: 1px; padding: 1px; border-bottom: 2px solid var(--line); }
      .group button { min-width: 24px; padding: 0 4px; }
    `,
  ];

  override render(): TemplateResult {
    const { numAttentionHeads, numKeyValueHeads } = this.attention;
    const groups = Array.from({ length: numKeyValueHeads }, (_, group) => group);
    const size = numAttentionHeads / Math.max(1, numKeyValueHeads);
    const { selected } = this.store.state;
    return html`<p class="dim">${this.#sentence(size)}</p>
      <div
        class="heads"
        role="toolbar"
        aria-label=${t('Heads of layer {0}', formatCount(this.layer))}
        @focusin=${this.#stops.focused}
        @keydown=${this.#stops.keyPressed}
      >${groups.map(
        (group) =>
          html`<span class="group">${Array.from({ length: size }, (_, at) => this.#chip(group * size + at))}</span>`,
      )}</div>
      ${
        selected.layer === this.layer && selected.head !== undefined
          ? button(t('Look at it in Attention'), () => this.store.show('attention'))
          : nothing
      }`;
  }

  #sentence(size: number): string {
    const { numAttentionHeads, numKeyValueHeads, headDim } = this.attention;
    const [heads, width] = [formatCount(numAttentionHeads), formatCount(headDim)];
    if (size === 1) return t('{0} heads of {1} numbers, each with keys and values of its own.', heads, width);
    return t(
      '{0} heads of {1} numbers; {2} share the keys and values of one, of which there are {3}.',
      heads,
      width,
      formatCount(size),
      formatCount(numKeyValueHeads),
    );
  }

  #chip(head: number): TemplateResult {
    const { selected } = this.store.state;
    const isPressed = selected.layer === this.layer && selected.head === head;
    return html`<button
      aria-pressed=${isPressed}
      aria-label=${t('Head {0}', formatCount(head))}
      @click=${() => this.store.select({ layer: this.layer, head })}
    >${formatCount(head)}</button>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-head-chips': HeadChipsElement;
  }
}
