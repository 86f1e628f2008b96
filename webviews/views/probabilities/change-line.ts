import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { TaskProgress } from '../../../src/shared/progress';
import { readingTokens } from '../../kit/count-text';
import { base } from '../../kit/styles';
import { button } from '../../kit/toolkit';
import { t } from '../../l10n';
import type { Change, ChangedText } from './changed-text';

/** Under the text, in view with it: which tokens stand in the place of others, and the way back. Events: `put-back` with a position; `undo` of the last change. */
@customElement('vt-change-line')
export class ChangeLineElement extends LitElement {
  @property({ attribute: false }) accessor changed: ChangedText | undefined;
  /** While the model reads. */
  @property({ attribute: false }) accessor progress: TaskProgress | undefined;
  @property({ attribute: false }) accessor error: string | undefined;

  static override styles = [
    base,
    css`
      :host {
        position: sticky;
        top: calc(var(--bar-height, 0px) + var(--strip-height, 0px));
        z-index: 3;
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 16px;
        max-height: 88px;
        padding: 4px 16px;
        overflow: auto;
        background: var(--vscode-editor-background);
        border-bottom: 1px solid var(--line);
      }
      /* As the text does where there is no room for both. */
      @media (max-height: 320px) {
        :host { position: static; }
      }
      div { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; }
      .mono { white-space: pre-wrap; }
    `,
  ];

  override render(): TemplateResult {
    const { changed, progress, error } = this;
    return html`${changed ? changed.changes.map((change) => this.#change(change)) : nothing}
      ${progress ? html`<div role="status">${progress.total > 0 ? readingTokens(progress.done, progress.total) : t('Computing …')} ${this.#undo(t('Cancel'))}</div>` : nothing}
      ${error ? html`<div role="alert">${error} ${this.#undo(t('Put it back'))}</div>` : nothing}
      ${changed ? html`<span class="dim">${t('The document is as it was.')}</span>` : nothing}`;
  }

  #change({ position, label, original }: Change): TemplateResult {
    return html`<div>
      <span><span class="mono">${label}</span> ${t('in place of')} <span class="mono">${original}</span></span>
      ${button(t('Put it back'), () => this.dispatchEvent(new CustomEvent('put-back', { detail: position })))}
    </div>`;
  }

  #undo(label: string): TemplateResult {
    return button(label, () => this.dispatchEvent(new CustomEvent('undo')));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-change-line': ChangeLineElement;
  }
  interface HTMLElementEventMap {
    'put-back': CustomEvent<number>;
  }
}
