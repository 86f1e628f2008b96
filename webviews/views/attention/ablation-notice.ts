import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { formatCount, formatDecimal } from '../../../src/display/numbers';
import { isSteered } from '../../../src/shared/steering';
import { ReportedHeight } from '../../kit/reported-height';
import { base } from '../../kit/styles';
import { button } from '../../kit/toolkit';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import { headName } from './attention-scope';

/** These show nothing that the model makes of the text that is inspected: Compare reads its own with the model as it is. */
const WITHOUT_NUMBERS_OF_THE_TEXT: readonly string[] = ['numbers', 'compare'];

/** Says in every view with numbers of the text that heads are switched off or the model is steered, and ends it. */
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
    const concerns = !WITHOUT_NUMBERS_OF_THE_TEXT.includes(view);
    return html`<div role="status">${concerns ? [ablated.length > 0 ? this.#headsOff() : nothing, this.#steered()] : nothing}</div>`;
  }

  #steered(): TemplateResult | typeof nothing {
    const { host, isLive, state } = this.store;
    const { steering } = state;
    if (!isSteered(steering)) return nothing;
    return html`<div class="line">
      <p>${t('Steered by {0} × “{1}”: all numbers of this text are those of the model with it.', formatDecimal(steering.coefficient), steering.name)}</p>
      ${isLive ? button(t('Stop steering'), () => host.steer({ ...steering, coefficient: 0 })) : nothing}
    </div>`;
  }

  #headsOff(): TemplateResult {
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
