import { Task } from '@lit/task';
import { css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../../kit/styles';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import './digit-chips';

/** A long number in the groups that people read, from the right, beside each vocabulary's cut. */
@customElement('vt-digit-groups')
export class DigitGroupsElement extends StoreElement {
  @property({ attribute: false }) accessor vocabularies: readonly { name: string; label: string }[] = [];
  @property() accessor number = '';

  static override styles = [
    base,
    css`
      table { border-spacing: 0; }
      th { padding: 4px 16px 4px 0; font-weight: 400; color: var(--dim); text-align: start; }
      td { padding: 4px 0; text-align: end; font-size: 1.2em; }
    `,
  ];

  #rows = new Task(this, {
    args: () => [this.number, this.vocabularies.map(({ name }) => name).join()] as const,
    task: ([number]) =>
      Promise.all(
        this.vocabularies.map(async ({ name, label }) => ({
          label,
          row: await this.store.host.number({ vocabulary: name, number }),
        })),
      ),
  });

  override render(): TemplateResult {
    const rows = this.#rows.value ?? [];
    const groups = (rows[0]?.row.groups ?? []).map((text, id) => ({ id, text, start: 0, end: 0 }));
    return html`<h2 class="mono">${this.number}<small>${t('cut from the left, read from the right')}</small></h2>
      <table>
        <tr><th scope="row">${t('people')}</th><td><vt-digit-chips plain .tokens=${groups}></vt-digit-chips></td></tr>
        ${rows.map(
          ({ label, row }) =>
            html`<tr><th scope="row">${label}</th><td><vt-digit-chips plain .tokens=${row.tokens}></vt-digit-chips></td></tr>`,
        )}
      </table>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-digit-groups': DigitGroupsElement;
  }
}
