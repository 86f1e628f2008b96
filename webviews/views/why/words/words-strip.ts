import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cssColour } from '../../../../src/display/colour-scale';
import { formatNatsChange } from '../../../../src/display/numbers';
import { signedShare } from '../../../../src/display/scales';
import '../../../kit/legend';
import { Memo } from '../../../kit/memo';
import { PaintedTextElement } from '../../../kit/painted-text';
import { subjectTokens } from '../../../kit/subject-tokens';
import type { TokenPaint } from '../../../kit/token-text';
import { t } from '../../../l10n';
import type { Answer } from './answer';
import { changeTicks } from './change-scale';

const ARROWS = new Set(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown']);

/** The text, each token in the colour of the finest part with it that was tried. Event: `answer-token` with the token that is picked while one chooses the answer. */
@customElement('vt-words-strip')
export class WordsStripElement extends PaintedTextElement {
  @property({ attribute: false }) accessor answer!: Answer;
  /** By position, in nats; undefined where nothing is known. */
  @property({ attribute: false }) accessor changes: readonly (number | undefined)[] = [];
  /** Where the scale ends, in nats. */
  @property({ type: Number }) accessor end = 1;
  /** Whether a click says where the answer begins or ends. */
  @property({ type: Boolean }) accessor choosing = false;
  /** The token that is brought into view: of the part that does most, or that was opened. */
  @property({ attribute: false }) accessor focused: number | undefined;
  readonly #paint = new Memo<TokenPaint[]>();
  /** An arrow goes to a token, and chooses none. */
  #isArrow = false;

  constructor() {
    super();
    this.addEventListener('keydown', ({ key }) => (this.#isArrow = ARROWS.has(key)), { capture: true });
    this.addEventListener('pointerdown', () => (this.#isArrow = false), { capture: true });
    this.addEventListener('token-select', (event) => this.#select(event), { capture: true });
  }

  override render(): TemplateResult {
    const { theme } = this.store;
    const { changes, end, answer } = this;
    const paint = this.#paint.get([changes, end, answer, theme.differenceTint], () => this.#paintOf());
    const legend = html`<vt-legend
        diverging
        label=${t('Log-probability of the answer without it, nats')}
        .scale=${theme.differenceTint}
        .ticks=${changeTicks(end)}
      ></vt-legend>
      <p class="note">${t('Blue: the answer needs it. Orange: it is in the way.')}${this.#marksNote()}</p>`;
    return this.strip(
      t('The text, coloured by what the answer loses without each part'),
      paint,
      this.#describe,
      legend,
    );
  }

  override updated(changed: PropertyValues): void {
    super.updated(changed);
    const text = this.renderRoot.querySelector('vt-token-text');
    const token = changed.has('focused') ? text?.elementAt(this.focused) : undefined;
    if (token) this.renderRoot.querySelector('vt-strip')?.reveal(token);
  }

  #marksNote(): TemplateResult | typeof nothing {
    const isLast = this.answer.to >= this.changes.length;
    const grey = this.answer.from < this.changes.length;
    return html`${grey ? html` ${t('Grey: the answer.')}` : nothing}${isLast ? nothing : html` ${t('Hatched: what comes after it.')}`}`;
  }

  #paintOf(): TokenPaint[] {
    const { answer, changes, end, store } = this;
    const { differenceTint, greyTint } = store.theme;
    return subjectTokens(store.subject).map((_, position) => {
      if (position >= answer.to) return { isHatched: true };
      if (position >= answer.from) return { background: cssColour(greyTint(1)) };
      const change = changes[position];
      if (change === undefined || Number.isNaN(change)) return {};
      return { background: cssColour(differenceTint(signedShare(change, end))) };
    });
  }

  readonly #describe = (position: number): string => {
    if (position >= this.answer.to) return t('after the answer');
    if (position >= this.answer.from) return t('the answer');
    const change = this.changes[position];
    return change === undefined ? t('not tried yet') : t('without it {0}', formatNatsChange(change));
  };

  #select(event: CustomEvent<number>): void {
    if (!this.choosing) return;
    event.stopPropagation();
    if (!this.#isArrow) this.dispatchEvent(new CustomEvent('answer-token', { detail: event.detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-words-strip': WordsStripElement;
  }
}
