import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Asked } from '../../../src/display/asked-place';
import type { HasTables, Table } from '../../export/table';
import { Memo } from '../../kit/memo';
import { base } from '../../kit/styles';
import { ViewModes } from '../../kit/view-modes';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import { Asking } from './asking';
import { MODES } from './modes';
import './why-question';

/** What made the model find one token more probable than another. */
@customElement('vt-why-view')
export class WhyViewElement extends StoreElement implements HasTables {
  readonly #modes = new ViewModes(this, 'why.mode', MODES);
  readonly #asking = new Asking();
  /** The same object for the same question: what is asked of the model hangs on it. */
  readonly #asked = new Memo<Asked | undefined>();

  static override styles = [
    base,
    css`
      .head { padding: 8px 16px; border-bottom: 1px solid var(--line); }
      .none { padding: 16px; }
    `,
  ];

  override render(): TemplateResult | typeof nothing {
    const { store } = this;
    if (!store.subject?.read?.ids.length) return nothing;
    const asked = this.#currentAsked;
    if (!asked) return html`<p class="none">${t('Asking the model …')}</p>`;
    return html`<div class="head">
        <vt-why-question
          .store=${store}
          .asked=${asked}
          ?opening=${this.#asking.isOpening(store)}
          @ask=${({ detail }: CustomEvent<Partial<Asked>>) => {
            this.#asking.choose(store, detail);
            this.requestUpdate();
          }}
          @ask-end=${() => this.#asking.askEnd(store)}
          >${this.#modes.tabs()}</vt-why-question
        >
      </div>
      <div @show-mode=${({ detail }: CustomEvent<string>) => this.#modes.show(detail)}>
        ${this.#modes.current.render(store, asked, this.#asking.isOpening(store))}
      </div>`;
  }

  tables(): Table[] {
    const mode: (Element & Partial<HasTables>) | null = this.renderRoot.querySelector(
      `vt-why-${this.#modes.current.name}`,
    );
    return mode?.tables?.() ?? [];
  }

  get #currentAsked(): Asked | undefined {
    const asked = this.#asking.of(this.store);
    return this.#asked.get(
      [asked?.position, asked?.token, asked?.against, this.store.subject?.read?.trace],
      () => asked,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-why-view': WhyViewElement;
  }
}
