import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatBytes } from '../../../../src/display/format-bytes';
import { styled } from '../../../kit/styled';
import { base } from '../../../kit/styles';

/** What takes memory, or is moved. */
export interface MemoryBar {
  name: string;
  bytes: number;
  colour: string;
  /** What is said beside it. */
  note?: string;
}

/** Amounts of memory as bars of one scale. */
@customElement('vt-memory-bars')
export class MemoryBarsElement extends LitElement {
  @property({ attribute: false }) accessor bars: readonly MemoryBar[] = [];

  static override styles = [
    base,
    css`
      dl { display: grid; grid-template-columns: minmax(0, auto) minmax(40px, 1fr) auto; gap: 4px 12px; align-items: center; margin: 0; }
      dd { margin: 0; }
      .amount { text-align: end; }
      i { display: block; height: 10px; min-width: 1px; }
    `,
  ];

  override render(): TemplateResult {
    const most = Math.max(...this.bars.map(({ bytes }) => bytes), 1);
    return html`<dl>${this.bars.map(
      ({ name, bytes, colour, note = '' }) => html`<dt>${name} <span class="dim">${note}</span></dt>
        <dd aria-hidden="true"><i ${styled({ width: `${(100 * bytes) / most}%`, 'background-color': colour })}></i></dd>
        <dd class="amount number">${formatBytes(bytes)}</dd>`,
    )}</dl>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-memory-bars': MemoryBarsElement;
  }
}
