import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Asked } from '../../../../src/display/asked-place';
import type { HasTables, Table } from '../../../export/table';
import '../../../kit/heat-strip';
import { base } from '../../../kit/styles';
import { StoreElement } from '../../../store/store-element';

/** What each part of the model wrote for the token and against the other. */
@customElement('vt-why-parts')
export class WhyPartsElement extends StoreElement implements HasTables {
  @property({ attribute: false }) accessor asked!: Asked;

  static override styles = [
    base,
    css`
      :host { container-type: inline-size; }
    `,
  ];

  override render(): TemplateResult {
    return html`<vt-heat-strip .store=${this.store}></vt-heat-strip>`;
  }

  tables(): Table[] {
    return [];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-why-parts': WhyPartsElement;
  }
}
