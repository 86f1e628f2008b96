import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { MapView } from '../../src/shared/map-api';
import { LINE_KINDS, type LineKind } from '../../src/shared/workspace-api';
import '../kit/checkbox';
import { base } from '../kit/styles';
import { t } from '../l10n';

/** Which lines count, and which of their tokens. Event: `view` with the new view as `detail`. */
@customElement('vt-line-filter')
export class LineFilterElement extends LitElement {
  @property({ attribute: false }) accessor view!: MapView;

  static override styles = [
    base,
    css`
      :host { display: flex; flex-wrap: wrap; gap: 4px 16px; }
      [role='group'] { display: flex; flex-wrap: wrap; gap: 4px 12px; }
    `,
  ];

  override render(): TemplateResult {
    const { kinds, withoutNewNames } = this.view;
    return html`<div role="group" aria-label=${t('Lines that count')}>
        ${LINE_KINDS.map((kind) => html`<vt-checkbox .checked=${kinds.includes(kind)} @change=${({ detail }: CustomEvent<boolean>) => this.#switch(kind, detail)}>${kindText(kind)}</vt-checkbox>`)}
      </div>
      <vt-checkbox
        title=${t('A name that a file has not had before surprises any model. Without these names, what is left is how the file goes on.')}
        .checked=${withoutNewNames}
        @change=${({ detail }: CustomEvent<boolean>) => this.#send({ kinds, withoutNewNames: detail })}
      >${t('Without names that are new in their file')}</vt-checkbox>`;
  }

  #switch(kind: LineKind, isOn: boolean): void {
    const { kinds, withoutNewNames } = this.view;
    this.#send({ kinds: LINE_KINDS.filter((each) => (each === kind ? isOn : kinds.includes(each))), withoutNewNames });
  }

  #send(detail: MapView): void {
    this.dispatchEvent(new CustomEvent('view', { detail }));
  }
}

function kindText(kind: LineKind): string {
  switch (kind) {
    case 'declaration':
      return t('Declarations');
    case 'import':
      return t('Imports');
    case 'comment':
      return t('Comments');
    case 'string':
      return t('Strings');
    case 'other':
      return t('Other lines');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-line-filter': LineFilterElement;
  }
}
