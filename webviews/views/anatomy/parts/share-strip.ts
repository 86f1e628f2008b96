import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatSi } from '../../../../src/display/format-si';
import { formatCount, formatProbability } from '../../../../src/display/numbers';
import { ANATOMY_PARTS, type AnatomyPart, type ModelAnatomy } from '../../../../src/shared/anatomy-api';
import { styled } from '../../../kit/styled';
import { base } from '../../../kit/styles';
import '../../../kit/term';
import type { Theme } from '../../../kit/theme';
import { t } from '../../../l10n';
import { partColour } from './part-colours';
import { PART_TITLES } from './part-names';
import { elementsOf } from './tensors';

/** What share of the weights each part has: one strip, with its words under it. */
@customElement('vt-share-strip')
export class ShareStripElement extends LitElement {
  @property({ attribute: false }) accessor anatomy!: ModelAnatomy;
  @property({ attribute: false }) accessor theme!: Theme;
  /** Changes with the theme. */
  @property({ attribute: false }) accessor scale: unknown;

  static override styles = [
    base,
    css`
      .strip { display: flex; gap: 1px; height: 12px; }
      .strip i { min-width: 1px; }
      ul { display: flex; flex-wrap: wrap; gap: 0 16px; margin: 4px 0 0; padding: 0; list-style: none; }
      li { display: flex; gap: 6px; }
      li i { flex: none; width: 10px; height: 10px; margin-top: 4px; }
    `,
  ];

  override render(): TemplateResult {
    const { tensors, parameters } = this.anatomy;
    const parts = ANATOMY_PARTS.map((part) => ({
      part,
      elements: elementsOf(tensors.filter((tensor) => tensor.part === part)),
    })).filter(({ elements }) => elements > 0);
    const colour = (part: AnatomyPart) => ({ 'background-color': partColour(part, this.theme) });
    return html`<h2>${t('{0} weights', formatCount(parameters))}</h2>
      <div class="strip" aria-hidden="true">
        ${parts.map(({ part, elements }) => html`<i ${styled({ ...colour(part), flex: `${elements} 0 0` })}></i>`)}
      </div>
      <ul>${parts.map(
        ({
          part,
          elements,
        }) => html`<li><i ${styled(colour(part))}></i><span><vt-term name=${part}>${this.#titleOf(part)}</vt-term>
          <span class="number dim">${formatProbability(elements / parameters)} · ${formatSi(elements)}</span></span></li>`,
      )}</ul>`;
  }

  #titleOf(part: AnatomyPart): string {
    const isBoth = part === 'embedding' && this.anatomy.tieWordEmbeddings;
    return isBoth ? t('Embedding, which is the unembedding too') : PART_TITLES[part]();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-share-strip': ShareStripElement;
  }
}
