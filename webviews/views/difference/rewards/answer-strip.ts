import { css, html, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { cssColour } from '../../../../src/display/colour-scale';
import { visibleText } from '../../../../src/display/glyphs';
import { formatLogprob, formatNatsChange, formatSigned } from '../../../../src/display/numbers';
import { bitsOf, differenceShare } from '../../../../src/display/scales';
import { base } from '../../../kit/styles';
import type { TokenText } from '../../../kit/subject-tokens';
import '../../../kit/token-text';
import type { TokenPaint } from '../../../kit/token-text';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import { mathText } from './math-text';
import type { AnswerNumbers, TokenNumbers } from './pair-numbers';

/** The tokens of an answer, tinted by ln π/π_ref, and the numbers of the one that is chosen or pointed at. */
@customElement('vt-answer-strip')
export class AnswerStripElement extends StoreElement {
  @property() accessor heading = '';
  @property({ attribute: false }) accessor answer!: AnswerNumbers;
  /** What β ln π/π_ref is called here. */
  @property() accessor measure = '';
  /** Whether its tokens are those of both models; else parts that both cut off at the same characters. */
  @property({ type: Boolean }) accessor areTokens = true;
  @state() private accessor selected: number | undefined;
  @state() private accessor hovered: number | undefined;

  static override styles = [
    base,
    css`
      :host { min-width: 0; }
      dl { display: flex; flex-wrap: wrap; gap: 0 16px; margin: 4px 0 0; }
      dl div { display: flex; gap: 6px; }
      dt { color: var(--dim); }
      dd { margin: 0; }
      /* Of one height, whichever token is pointed at. */
      .place { min-height: 3em; margin-top: 4px; }
      h3 { margin: 0; font-size: inherit; font-weight: 600; }
      sub { line-height: 0; font-size: 0.75em; }
    `,
  ];

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('answer')) this.selected = undefined;
  }

  override render(): TemplateResult {
    const { answer, heading } = this;
    const choose = ({ detail }: CustomEvent<number>) => {
      this.selected = detail === this.selected ? undefined : detail;
    };
    const point = ({ detail }: CustomEvent<number | null>) => {
      this.hovered = detail ?? undefined;
    };
    return html`<h3>${heading}</h3>
      <vt-token-text
        label=${this.areTokens ? t('{0}, coloured by the log-ratio of each token', heading) : t('{0}, coloured by the log-ratio of each part', heading)}
        .glyphs=${true}
        .tokens=${answer.tokens.map(tokenText)}
        .paint=${this.#paint()}
        .selected=${this.selected}
        .hovered=${this.hovered}
        .describe=${(position: number) => this.#say(answer.tokens[position])}
        @token-select=${choose}
        @token-hover=${point}
      ></vt-token-text>
      <dl class="number">
        ${pairOf(t('ln π/π_ref of the answer'), formatNatsChange(answer.ratio))}
        ${pairOf(this.measure, formatSigned(answer.rewarded.penalty))}
      </dl>
      <p class="place dim number">${this.#place()}</p>`;
  }

  #place(): unknown {
    const token = this.answer.tokens[this.hovered ?? this.selected ?? -1];
    return token
      ? html`<span class="mono">${visibleText(token.text)}</span> ${this.#say(token)}`
      : this.areTokens
        ? t('Point at a token, or choose one, for its numbers.')
        : t('Point at a part, or choose one, for its numbers.');
  }

  #say(token: TokenNumbers | undefined): string {
    if (!token) return '';
    return t(
      '{0} under the reference, {1} trained; log-ratio {2}, times β {3}',
      formatLogprob(token.reference),
      formatLogprob(token.policy),
      formatNatsChange(token.ratio),
      formatSigned(token.reward),
    );
  }

  /** Blue is more probable, as in every difference. */
  #paint(): TokenPaint[] {
    const scale = this.store.theme.differenceTint;
    return this.answer.tokens.map(({ ratio }) => ({ background: cssColour(scale(differenceShare(bitsOf(ratio)))) }));
  }
}

function tokenText({ text }: TokenNumbers): TokenText {
  return { text, sharesCharacter: false, label: visibleText(text), isShown: true };
}

function pairOf(name: string, value: string): TemplateResult {
  return html`<div><dt>${mathText(name)}</dt><dd>${value}</dd></div>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-answer-strip': AnswerStripElement;
  }
}
