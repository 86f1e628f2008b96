import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cssColour } from '../../../../src/display/colour-scale';
import { formatCount, formatProbability } from '../../../../src/display/numbers';
import type { Composition, TokenGroup, TokenKind } from '../../../../src/shared/composition-api';
import '../../../kit/term';
import { styled } from '../../../kit/styled';
import { base } from '../../../kit/styles';
import type { Theme } from '../../../kit/theme';
import { t } from '../../../l10n';
import { KIND_NAMES, scriptName } from './names';

/** How dark a kind is: neighbours are told apart. */
const GREYS: Readonly<Record<TokenKind, number>> = {
  word: 1,
  fragment: 0.5,
  script: 0.8,
  digits: 0.3,
  code: 0.65,
  bytes: 0.9,
  control: 0.4,
};

/** Scripts that are named by themselves. */
const MOST_SCRIPTS = 12;

/** What share of the vocabulary each kind of token has, with some of each. */
@customElement('vt-token-kinds')
export class TokenKindsElement extends LitElement {
  @property({ attribute: false }) accessor composition!: Composition;
  @property({ attribute: false }) accessor theme!: Theme;
  /** Changes with the theme. */
  @property({ attribute: false }) accessor scale: unknown;

  static override styles = [
    base,
    css`
      .strip { display: flex; gap: 1px; height: 12px; margin-bottom: 8px; }
      .strip i { min-width: 1px; }
      :host { container-type: inline-size; }
      ul { margin: 0; padding: 0; list-style: none; }
      .kind { display: grid; grid-template-columns: 10px minmax(16ch, 24ch) 12ch minmax(0, 1fr); gap: 0 8px; align-items: baseline; padding: 2px 0; }
      .kind i { width: 10px; height: 10px; }
      .examples { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      .examples span { margin-inline-end: 8px; padding: 0 2px; outline: 1px solid color-mix(in srgb, currentcolor 20%, transparent); }
      .scripts { display: flex; flex-wrap: wrap; gap: 0 16px; padding-inline-start: 18px; }
      .number { text-align: end; white-space: nowrap; }
      @container (max-width: 560px) {
        .kind { grid-template-columns: 10px minmax(0, 1fr) auto; }
        .examples { grid-column: 2 / -1; }
      }
    `,
  ];

  override render(): TemplateResult {
    const { tokens, kinds } = this.composition;
    return html`<h2><vt-term name="vocabulary">${t('{0} tokens', formatCount(tokens))}</vt-term></h2>
      <div class="strip" aria-hidden="true">
        ${kinds.map(({ kind, count }) => html`<i ${styled({ ...this.#fill(kind), flex: `${count} 0 0` })}></i>`)}
      </div>
      <ul>${kinds.map((group) => html`<li>${this.#kind(group)}</li>`)}</ul>`;
  }

  #kind({ kind, count, examples }: TokenGroup & { kind: TokenKind }): TemplateResult {
    const { title, meaning } = KIND_NAMES[kind];
    return html`<div class="kind" title=${meaning()}>
        <i aria-hidden="true" ${styled(this.#fill(kind))}></i>
        <span>${title()}<span class="unseen">. ${meaning()}</span></span>
        <span class="number dim" title=${t('{0} tokens', formatCount(count))}>${formatProbability(count / this.composition.tokens)}</span>
        <span class="examples mono" role="group" aria-label=${t('Some of them')}>${examples.map((text) => html`<span>${text}</span>`)}</span>
      </div>
      ${kind === 'script' ? this.#scripts() : nothing}`;
  }

  #scripts(): TemplateResult {
    const { scripts } = this.composition;
    const rest = scripts.slice(MOST_SCRIPTS).reduce((sum, { count }) => sum + count, 0);
    const named = scripts
      .slice(0, MOST_SCRIPTS)
      .map(
        ({ script, count, examples }) =>
          html`<li title=${examples.join('  ')}>${scriptName(script)} <span class="number">${formatCount(count)}</span></li>`,
      );
    return html`<ul class="scripts dim">${named}${rest > 0 ? html`<li>${t('others')} <span class="number">${formatCount(rest)}</span></li>` : nothing}</ul>`;
  }

  #fill(kind: TokenKind): Record<string, string> {
    return { 'background-color': cssColour(this.theme.greyMark(GREYS[kind])) };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-token-kinds': TokenKindsElement;
  }
}
