import { css, html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { base } from '../../../kit/styles';
import '../../../kit/term';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import './direction-form';
import './steering-control';

const OPEN = 'steering.isOpen';

/** Where a direction is found, loaded and added to the model's layers. Folded in until somebody wants it. */
@customElement('vt-steering-panel')
export class SteeringPanelElement extends StoreElement {
  static override styles = [
    base,
    css`
      summary { cursor: pointer; }
      summary strong { font-weight: 600; }
      .inside { display: grid; gap: 12px; padding: 8px 0 4px; }
      details details vt-direction-form { padding-top: 8px; }
    `,
  ];

  override render(): TemplateResult {
    const { viewState, state } = this.store;
    const isOpen = viewState.get(OPEN, false) || state.steering !== undefined;
    const toggled = (event: Event) => viewState.set(OPEN, (event.target as HTMLDetailsElement).open);
    return html`<details ?open=${isOpen} @toggle=${toggled}>
      <summary><strong>${t('Steering')}</strong> <span class="dim">${t('push the model towards something by a direction that is added in its layers')}</span></summary>
      <div class="inside">
        ${
          state.steering
            ? html`<vt-steering-control .store=${this.store}></vt-steering-control>
              <details><summary>${t('Another direction')}</summary>${this.#form()}</details>`
            : this.#form()
        }
      </div>
    </details>`;
  }

  #form(): TemplateResult {
    return html`<vt-direction-form .store=${this.store}></vt-direction-form>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-steering-panel': SteeringPanelElement;
  }
}
