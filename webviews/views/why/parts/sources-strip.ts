import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cssColour } from '../../../../src/display/colour-scale';
import { signedShare } from '../../../../src/display/scales';
import type { Why } from '../../../../src/shared/why-api';
import '../../../kit/legend';
import { Memo } from '../../../kit/memo';
import { PaintedTextElement } from '../../../kit/painted-text';
import { subjectTokens } from '../../../kit/subject-tokens';
import '../../../kit/term';
import type { TokenPaint } from '../../../kit/token-text';
import { t } from '../../../l10n';
import { SLOTS, withParts } from '../rich-text';
import { formatSigned, formatSignedNats, scaleEndOf } from './numbers';

/** The two tokens of the question, as text. */
export interface Names {
  token: string;
  against: string;
}

/** The text, painted with what the heads brought from each token for the one asked about, and against the other. */
@customElement('vt-sources-strip')
export class SourcesStripElement extends PaintedTextElement {
  @property({ attribute: false }) accessor why: Why | undefined;
  @property({ attribute: false }) accessor names!: Names;
  readonly #paint = new Memo<TokenPaint[]>();

  static override styles = [
    PaintedTextElement.styles,
    css`
      .note b { font-family: var(--mono); color: var(--vscode-editor-foreground); }
      .plain { padding: 0; color: var(--vscode-textLink-foreground); background: none; border: 0; font: inherit; cursor: pointer; }
      .plain:hover { text-decoration: underline; }
      .ends { display: flex; justify-content: space-between; gap: 8px; max-width: 280px; font-size: 0.85em; }
      .ends span { max-width: 48%; }
    `,
  ];

  override render(): TemplateResult {
    const legend = html`<div class="ends">
        <span class="one-line">${t('← for {0}', this.names.against)}</span>
        <span class="one-line">${t('for {0} →', this.names.token)}</span>
      </div>
      <vt-legend
        diverging
        .scale=${(share: number) => this.store.theme.differenceTint(-share)}
        .ticks=${this.#ticks()}
        label=${t('brought from each token, in nats')}
      ></vt-legend>
      <p class="note">${this.#note()}</p>
      ${this.store.isLive ? this.#words() : nothing}`;
    return this.strip(
      t('The text, coloured by what speaks for {0} and against {1}', this.names.token, this.names.against),
      this.#painted(),
      this.#describe,
      legend,
    );
  }

  /** What was written is not yet what the answer hangs on: a word may be against it here, and be needed all the same. */
  #words(): TemplateResult {
    const show = () =>
      this.dispatchEvent(new CustomEvent('show-mode', { detail: 'words', bubbles: true, composed: true }));
    const text = t('This is what was written directly. {0}', ...SLOTS);
    return html`<p class="note no-picture">
      ${withParts(text, html`<button class="plain" @click=${show}>${t('What happens without each word')}</button>`)}
    </p>`;
  }

  /** What comes after the end is no token that could be selected: its place is after the last one. */
  override updated(changed: PropertyValues): void {
    super.updated(changed);
    if (changed.has('why') && this.why && this.selected === undefined) void this.reveal(this.why.position - 1);
  }

  #painted(): TokenPaint[] {
    const scale = this.store.theme.differenceTint;
    return this.#paint.get([this.why, scale], () => {
      const { sources = new Float32Array() } = this.why ?? {};
      const end = scaleEndOf(sources);
      return Array.from(sources, (value) => ({ background: cssColour(scale(-signedShare(value, end))) }));
    });
  }

  /** A square root: a quarter of the strongest has half of its tint. */
  #ticks() {
    if (!this.why) return [];
    const end = scaleEndOf(this.why.sources);
    return [-1, -0.5, 0, 0.5, 1].map((at) => ({
      share: (at + 1) / 2,
      text: formatSigned(Math.sign(at) * end * at ** 2),
    }));
  }

  #note(): unknown {
    const { why } = this;
    if (!why) return t('Asking the model …');
    const value = this.hovered === undefined ? undefined : why.sources[this.hovered];
    const label = subjectTokens(this.store.subject)[this.hovered ?? -1]?.label;
    if (value !== undefined) return html`<b>${label}</b> ${formatSignedNats(value)}`;
    const fromText = why.sources.reduce((sum, each) => sum + each, 0);
    const text = t('Heads bring {0} from the text. What MLPs add, {1}, belongs to no single token.', ...SLOTS);
    const mlps = why.mlps.reduce((sum, each) => sum + each, 0);
    return withParts(
      text,
      html`<b class="number">${formatSigned(fromText)}</b>`,
      html`<b class="number">${formatSigned(mlps)}</b>`,
    );
  }

  readonly #describe = (position: number): string => {
    const value = this.why?.sources[position];
    return value === undefined ? '' : formatSignedNats(value);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-sources-strip': SourcesStripElement;
  }
}
