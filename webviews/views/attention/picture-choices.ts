import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { GLOSSARY } from '../../glossary';
import '../../kit/checkbox';
import '../../kit/choice';
import { base } from '../../kit/styles';
import '../../kit/term';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import type { Looked } from './looked';

/** How attention is drawn, and whose. Event: `choice-change`. */
@customElement('vt-picture-choices')
export class PictureChoicesElement extends StoreElement {
  @property({ attribute: false }) accessor looked!: Looked;

  static override styles = [
    base,
    css`
      :host { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 12px; margin-bottom: 8px; }
    `,
  ];

  override render(): TemplateResult {
    const { store } = this;
    return html`<vt-choice
        label=${t('Picture')}
        .value=${store.viewState.get<string>('attention.picture', 'matrix')}
        .options=${[{ value: 'matrix', label: t('matrix') }, { value: 'arcs', label: t('arcs') }]}
        @choose=${({ detail }: CustomEvent<string>) => this.#choose('attention.picture', detail)}
      ></vt-choice>
      <vt-choice
        label=${t('Whose attention')}
        .value=${this.looked.kind}
        .options=${[
          { value: 'head', label: t('one head') },
          { value: 'layer', label: t('mean of the layer') },
          { value: 'rollout', label: t('rollout'), title: GLOSSARY.rollout() },
        ]}
        @choose=${({ detail }: CustomEvent<string>) => this.#choose('attention.kind', detail)}
      ></vt-choice>
      <vt-checkbox
        title=${GLOSSARY.sink()}
        .checked=${store.state.masksSink}
        @change=${({ detail }: CustomEvent<boolean>) => store.setMasksSink(detail)}
        >${t('mask the sink (the first token)')}</vt-checkbox
      >
      ${this.looked.kind === 'rollout' ? html`<vt-term name="rollout">${t('What is a rollout?')}</vt-term>` : nothing}`;
  }

  #choose(name: string, value: string): void {
    this.store.viewState.set(name, value);
    this.dispatchEvent(new CustomEvent('choice-change', { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-picture-choices': PictureChoicesElement;
  }
}
