import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ViewName } from '../../src/shared/inspector-api';
import { base } from '../kit/styles';
import { button } from '../kit/toolkit';
import { t } from '../l10n';
import { StoreElement } from '../store/store-element';

/** In the place of a view of what the model does not give: why, a way to a model that does, and the views of what this one gives. */
@customElement('vt-absent-view')
export class AbsentViewElement extends StoreElement {
  /** Why. */
  @property() accessor text = '';
  /** Views that there are, with their names. */
  @property({ attribute: false }) accessor others: readonly { view: ViewName; title: string }[] = [];

  static override styles = [
    base,
    css`
      :host { display: grid; gap: 12px; justify-items: start; padding: 16px; }
      .text { padding-inline-start: 12px; border-inline-start: 3px solid var(--dim); color: var(--dim); }
      ul { display: flex; flex-wrap: wrap; gap: 4px 16px; margin: 4px 0 0; padding: 0; list-style: none; }
      li button { padding: 0; font: inherit; color: var(--vscode-textLink-foreground); background: none; border: 0; cursor: pointer; }
      li button:hover { text-decoration: underline; }
    `,
  ];

  override render(): TemplateResult {
    const { store, others } = this;
    return html`<p class="text" role="note">${this.text}</p>
      ${store.isLive ? button(t('Choose Model…'), () => store.host.run('chooseModel'), { isPrimary: true }) : nothing}
      <nav class="no-picture" aria-labelledby="others">
        <p class="dim" id="others">${t('What there is to see of this model:')}</p>
        <ul>${others.map(({ view, title }) => html`<li><button @click=${() => store.show(view)}>${title}</button></li>`)}</ul>
      </nav>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-absent-view': AbsentViewElement;
  }
}
