import { css, html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { base } from '../../kit/styles';
import { StoreElement } from '../../store/store-element';
import '../../kit/heat-strip';

/** How probable the model finds the text, and what it would have written instead. */
@customElement('vt-probabilities-view')
export class ProbabilitiesViewElement extends StoreElement {
  static override styles = [base, css`:host { display: block; }`];

  override render(): TemplateResult {
    return html`<vt-heat-strip .store=${this.store}></vt-heat-strip>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-probabilities-view': ProbabilitiesViewElement;
  }
}
