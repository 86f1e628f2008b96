import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { ViewStore } from './view-store';

/** An element that is drawn anew whenever the store changes. */
export abstract class StoreElement extends LitElement {
  @property({ attribute: false }) accessor store!: ViewStore;
  #unsubscribe: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unsubscribe = this.store.subscribe(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unsubscribe?.();
  }
}
