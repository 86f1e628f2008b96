import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatBytes } from '../../../../src/display/format-bytes';
import { formatSi } from '../../../../src/display/format-si';
import { formatCount, formatProbability } from '../../../../src/display/numbers';
import type { AnatomyTensor } from '../../../../src/shared/anatomy-api';
import { styled } from '../../../kit/styled';
import { base } from '../../../kit/styles';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import { roleName, shapeText } from './part-names';
import './tensor-values';

/** CSS pixels of the longest side of a matrix. */
const LONGEST = 64;

/** Tensors of a part, each drawn in the proportions of its shape. Event: `open-tensor` with its name. */
@customElement('vt-tensor-list')
export class TensorListElement extends StoreElement {
  @property({ attribute: false }) accessor tensors: readonly AnatomyTensor[] = [];
  /** Weights of the whole model. */
  @property({ type: Number }) accessor parameters = 0;
  /** The longest side of all that are drawn at one scale. */
  @property({ type: Number }) accessor longest = 1;
  @property() accessor colour = '';
  /** The name of the one that is opened. */
  @property() accessor opened: string | undefined;

  static override styles = [
    base,
    css`
      ul { margin: 0; padding: 0; list-style: none; }
      button {
        display: grid;
        grid-template-columns: ${LONGEST}px minmax(0, 1fr) auto;
        gap: 0 12px;
        align-items: center;
        width: 100%;
        min-height: 24px;
        padding: 2px 0;
        font: inherit;
        color: inherit;
        text-align: start;
        background: none;
        border: 0;
        cursor: pointer;
      }
      button:hover { background: var(--vscode-list-hoverBackground); }
      button[aria-expanded='true'] { --dim: currentcolor; background: var(--vscode-list-inactiveSelectionBackground); }
      i { justify-self: end; min-width: 2px; min-height: 2px; }
      .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      dl { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: 0 12px; margin: 4px 0 8px; padding-left: ${LONGEST + 12}px; }
      dt { color: var(--dim); }
      dd { margin: 0; overflow-wrap: anywhere; }
    `,
  ];

  override render(): TemplateResult {
    return html`<ul>${this.tensors.map((tensor) => html`<li>${this.#tensor(tensor)}</li>`)}</ul>`;
  }

  #tensor(tensor: AnatomyTensor): TemplateResult {
    const { name, shape, type, bytes } = tensor;
    const isOpened = name === this.opened;
    const [rows = 1, columns = 1] = shape.length === 1 ? [1, ...shape] : shape.slice(-2);
    const side = (length: number) => `${Math.min(LONGEST, (LONGEST * length) / this.longest)}px`;
    const open = () =>
      this.dispatchEvent(
        new CustomEvent('open-tensor', { detail: isOpened ? '' : name, bubbles: true, composed: true }),
      );
    return html`<button aria-expanded=${isOpened} @click=${open}>
        <i aria-hidden="true" ${styled({ width: side(columns), height: side(rows), 'background-color': this.colour })}></i>
        <span class="name">${roleName(tensor)} <span class="dim number">${shapeText(shape)}</span></span>
        <span class="dim number">${type} · ${formatBytes(bytes)}</span>
      </button>
      ${isOpened ? this.#details(tensor) : nothing}`;
  }

  #details(tensor: AnatomyTensor): TemplateResult {
    const { name, elements, products } = tensor;
    return html`<dl>
      <dt>${t('in the file')}</dt><dd class="mono">${name}</dd>
      <dt>${t('numbers')}</dt><dd class="number">${formatCount(elements)}, ${formatProbability(elements / this.parameters)}</dd>
      ${products > 0 ? html`<dt>${t('computation a token')}</dt><dd class="number">${formatSi(2 * products, 'FLOP')}</dd>` : nothing}
    </dl>
    ${this.store.isLive ? html`<vt-tensor-values .store=${this.store} .tensor=${tensor}></vt-tensor-values>` : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-tensor-list': TensorListElement;
  }
  interface HTMLElementEventMap {
    'open-tensor': CustomEvent<string>;
  }
}
