import { html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount, LEAST_SHARE } from '../../../src/display/numbers';
import '../../kit/bars';
import type { Bar } from '../../kit/bars';
import { base } from '../../kit/styles';
import { subjectTokens } from '../../kit/subject-tokens';
import { t } from '../../l10n';
import type { ViewStore } from '../../store/view-store';
import { formatWeight } from './attention-scope';
import { type RowWeights, strongestKeys } from './row-weights';

const LISTED = 6;

/** Where the token looks most, as a list: what the picture says, to be read. A whole bar is all the weight there is. */
@customElement('vt-strongest-keys')
export class StrongestKeysElement extends LitElement {
  @property({ attribute: false }) accessor store!: ViewStore;
  @property({ attribute: false }) accessor row!: RowWeights;
  /** Changes with the theme. */
  @property({ attribute: false }) accessor scale: unknown;

  static override styles = base;

  override render(): TemplateResult {
    const tokens = subjectTokens(this.store.subject);
    const bars = strongestKeys(this.row, LISTED).map((key): Bar => {
      const weight = this.row.weights[key] ?? 0;
      return {
        id: key,
        label: tokens[key]?.label ?? '',
        share: weight,
        text: formatWeight(weight),
        title: t('token {0}', formatCount(key + 1)),
        hue: 'blue',
      };
    });
    if (bars.length === 0)
      return html`<p class="dim">${t('Every weight that is shown is {0}.', formatWeight(LEAST_SHARE / 2))}</p>`;
    return html`<vt-bars
      selectable
      label=${t('The tokens that it looks at most')}
      .bars=${bars}
      .end=${1}
      .theme=${this.store.theme}
      @bar-select=${({ detail }: CustomEvent<number>) => this.store.select({ token: detail })}
      ></vt-bars>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-strongest-keys': StrongestKeysElement;
  }
}
