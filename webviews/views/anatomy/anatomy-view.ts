import { Task } from '@lit/task';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { messageOf } from '../../../src/shared/errors';
import type { InspectorState } from '../../../src/shared/inspector-api';
import type { HasTables, Table } from '../../export/table';
import { base } from '../../kit/styles';
import { ViewModes } from '../../kit/view-modes';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import { ANATOMY_SECTIONS } from './anatomy-sections';

/** What the loaded model is made of, what it costs and how it came to be, by the tensors of its own file. */
@customElement('vt-anatomy-view')
export class AnatomyViewElement extends StoreElement implements HasTables {
  readonly #sections = new ViewModes(this, 'anatomy.section', ANATOMY_SECTIONS);
  readonly #anatomy = new Task(this, {
    args: () => [this.store.state.model?.sha256] as const,
    task: () => this.store.lenses.anatomy({}),
  });

  #previousRequest: InspectorState['viewRequest'] | undefined;

  static override styles = [
    base,
    css`
      :host { padding: 8px 16px 16px; }
      .section { margin-top: 8px; }
    `,
  ];

  /** A command may ask for a section at any time. */
  override willUpdate(): void {
    const { viewRequest } = this.store.state;
    if (viewRequest === this.#previousRequest) return;
    this.#previousRequest = viewRequest;
    if (viewRequest.section !== undefined) this.#sections.show(viewRequest.section);
  }

  override updated(): void {
    this.store.tellShown({ section: this.#sections.current.name });
  }

  override render(): TemplateResult {
    return html`${ANATOMY_SECTIONS.length > 1 ? this.#sections.tabs() : nothing}
      ${this.#anatomy.render({
        pending: () => html`<p class="dim" role="status">${t('Computing …')}</p>`,
        complete: (anatomy) => this.#sections.current.render(this.store, anatomy),
        error: (error) => html`<p role="alert">${messageOf(error)}</p>`,
      })}`;
  }

  tables(): Table[] {
    return this.renderRoot.querySelector<Element & HasTables>('.section')?.tables() ?? [];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-anatomy-view': AnatomyViewElement;
  }
}
