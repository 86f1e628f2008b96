import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount } from '../../../src/shared/numbers';
import '../../kit/bars';
import type { Bar } from '../../kit/bars';
import { base } from '../../kit/styles';
import { subjectTokens } from '../../kit/subject-tokens';
import { t } from '../../l10n';
import type { InspectorStore } from '../../store/store';
import { formatWeight } from './looked';
import { type RowWeights, strongestKeys } from './row-weights';

const LISTED = 6;

/** Where the token looks most, as a list: what the picture says, to be read. */
@customElement('vt-strongest-keys')
export class StrongestKeysElement extends LitElement {
  @property({ attribute: false }) accessor store!: InspectorStore;
  @property({ attribute: false }) accessor row!: RowWeights;
  /** Changes with the theme. */
  @property({ attribute: false }) accessor scale: unknown;

  static override styles = [base, css`:host { display: block; }`];

  override render(): TemplateResult {
    const tokens = subjectTokens(this.store.subject);
    const bars = strongestKeys(this.row, LISTED).map((key): Bar => {
      const weight = this.row.weights[key] ?? 0;
      return {
        id: key,
        label: tokens[key]?.label ?? '',
        share: this.row.largest > 0 ? weight / this.row.largest : 0,
        text: formatWeight(weight),
        title: t('token {0}', formatCount(key + 1)),
      };
    });
    return html`<vt-bars
      selectable
      label=${t('The tokens that it looks at most')}
      .bars=${bars}
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
