import { html } from 'lit';
import { StoreElement } from '../../store/store-element';

/** The text as two models read it, one held against the other. */
class DifferenceView extends StoreElement {
  override render() {
    return html``;
  }
}

customElements.define('vt-difference-view', DifferenceView);
