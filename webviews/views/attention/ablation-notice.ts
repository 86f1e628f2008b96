import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { formatCount } from '../../../src/display/numbers';
import { ReportedHeight } from '../../kit/reported-height';
import { base } from '../../kit/styles';
import { button } from '../../kit/toolkit';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import { headName } from './attention-scope';

/** These show nothing that the model makes of the text that is inspected: Compare reads its own with every head on. */
const WITHOUT_NUMBERS_OF_THE_TEXT: readonly string[] = ['numbers', 'compare'];

/** Says in every view with numbers of the text that heads are switched off, and switches them on. */
@customElement('vt-ablation-notice')
export class AblationNoticeElement extends StoreElement {
  static override styles = [
    base,
    css`
      .line { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; padding: 4px 8px; border-top: 1px solid var(--line); border-inline-start: 3px solid var(--vscode-editorWarning-foreground, var(--accent)); }
    `,
  ];

  constructor() {
    super();
    new ReportedHeight(this, 'notice');
  }

  /** The status is there before it says something: only then a screen reader hears it. */
  override render(): TemplateResult {
    const { ablated, view } = this.store.state;
    const concerns = ablated.length > 0 && !WITHOUT_NUMBERS_OF_THE_TEXT.includes(view);
    return html`<div role="status">${concerns ? this.#line() : nothing}</div>`;
  }

  #line(): TemplateResult {
    const { host, isLive, state } = this.store;
    const { ablated } = state;
    const [first] = ablated;
    const text =
      first && ablated.length === 1
        ? t('Head {0} is off: all numbers of this text are those of the model without it.', headName(first))
        : t(
            '{0} heads are off: all numbers of this text are those of the model without them.',
            formatCount(ablated.length),
          );
    return html`<div class="line">
      <p title=${ablated.map(headName).join(', ')}>${text}</p>
      ${isLive ? button(t('Switch on'), () => host.ablate([])) : nothing}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-ablation-notice': AblationNoticeElement;
  }
}
