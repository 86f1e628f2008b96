import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type HeadAddress, isSameHead } from '../../../src/shared/head-address';
import '../../kit/checkbox';
import { base } from '../../kit/styles';
import { t } from '../../l10n';
import { headName } from './attention-scope';

/** Which heads are switched off. Event: `ablate` with the heads that shall be off. */
@customElement('vt-switched-off')
export class SwitchedOffElement extends LitElement {
  @property({ attribute: false }) accessor ablated: readonly HeadAddress[] = [];
  /** Undefined where it is of a layer that has none to switch off. */
  @property({ attribute: false }) accessor chosen: HeadAddress | undefined;

  static override styles = [
    base,
    css`
      /* Parts of the line around it: what comes when a head is off does not move the box into the next line. */
      :host { display: contents; }
      ul { display: flex; flex-wrap: wrap; gap: 4px; margin: 0; padding: 0; list-style: none; }
      button { padding: 0 8px; font: inherit; color: inherit; background: none; border: 1px solid var(--line); cursor: pointer; }
      button:hover { background: var(--vscode-list-hoverBackground); }
    `,
  ];

  override render(): TemplateResult {
    return html`${this.chosen ? this.#box(this.chosen) : nothing}
      ${this.ablated.length > 0 ? this.#list() : nothing}`;
  }

  #box(chosen: HeadAddress): TemplateResult {
    const others = this.ablated.filter((head) => !isSameHead(head, chosen));
    const toggled = ({ detail: isOff }: CustomEvent<boolean>) => this.#tell(isOff ? [...others, chosen] : others);
    return html`<vt-checkbox .checked=${others.length < this.ablated.length} @change=${toggled}
      >${t('switch head {0} off', headName(chosen))}</vt-checkbox
    >`;
  }

  #list(): TemplateResult {
    return html`<ul aria-label=${t('Heads that are switched off')}>
      ${this.ablated.map((head) => html`<li>${this.#head(head)}</li>`)}
      ${this.ablated.length > 1 ? html`<li><button @click=${() => this.#tell([])}>${t('all on')}</button></li>` : nothing}
    </ul>`;
  }

  #head(head: HeadAddress): TemplateResult {
    const others = this.ablated.filter((other) => !isSameHead(head, other));
    const label = t('Switch head {0} on', headName(head));
    return html`<button title=${label} aria-label=${label} @click=${() => this.#tell(others)}>${headName(head)} ✕</button>`;
  }

  #tell(heads: readonly HeadAddress[]): void {
    const detail = heads.map(({ layer, head }) => ({ layer, head }));
    this.dispatchEvent(new CustomEvent('ablate', { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-switched-off': SwitchedOffElement;
  }
  interface HTMLElementEventMap {
    ablate: CustomEvent<HeadAddress[]>;
  }
}
