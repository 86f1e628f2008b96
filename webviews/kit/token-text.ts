import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { LineWeight } from '../../src/display/difference-scale';
import { formatCount } from '../../src/display/numbers';
import { GLOSSARY } from '../glossary';
import { t } from '../l10n';
import { type ChatToken, type MessageRun, messageRuns } from './chat-tokens';
import type { RankLine } from './rank-line';
import { base } from './styles';
import { START, type TokenText } from './subject-tokens';
import { tokenTextStyles } from './token-text-styles';

/** How a token is drawn. */
export interface TokenPaint {
  background?: string | undefined;
  rankClass?: RankLine | undefined;
  /** Of the line below it; in place of a class. */
  lineWeight?: LineWeight | undefined;
  /** Whether nothing can be said of it, because it is out of reach. */
  isHatched?: boolean | undefined;
}

/** Context tokens that stand before what is shown, unless all are asked for. */
const CONTEXT_SHOWN = 24;

/** What is drawn on tokens that are there. */
const DRAWN_ON = new Set<PropertyKey>(['paint', 'selected', 'hovered']);

/** Classes of what is invisible; the stylesheet draws a glyph over each, so that the text stays itself when it is copied. */
const INVISIBLE: Record<string, string> = { ' ': 'space', '\t': 'tab', '\n': 'line', '\r': 'return' };

/**
 * A text as its tokens, flowing and wrapping as text does; a chat message by message, with roles in the margin. Hover
 * previews, click locks, arrow keys go from token to token.
 *
 * Events: `token-hover` and `token-select` with the position, or undefined, as `detail`.
 */
@customElement('vt-token-text')
export class TokenTextElement extends LitElement {
  @property({ attribute: false }) accessor tokens: readonly TokenText[] = [];
  /** By position; where there is none, the token has no tint. */
  @property({ attribute: false }) accessor paint: readonly (TokenPaint | undefined)[] = [];
  @property({ attribute: false }) accessor selected: number | undefined;
  @property({ attribute: false }) accessor hovered: number | undefined;
  /** What the text is, for who cannot see it. */
  @property() accessor label = '';
  @property({ type: Boolean }) accessor glyphs = false;
  /** What to say of a token that is reached by key. */
  @property({ attribute: false }) accessor describe: (position: number) => string = () => '';
  @state() private accessor showsContext = false;

  static override styles = [base, tokenTextStyles];

  /** The elements of the tokens, from the first that is there on, and what is painted on each. */
  #elements: HTMLElement[] = [];
  #first = 0;
  #marked: Partial<Record<'hovered' | 'selected' | 'stop', HTMLElement | null>> = {};
  readonly #painted = new WeakMap<HTMLElement, TokenPaint>();

  /** Thousands of tokens are not drawn anew for a pointer that moves. */
  override shouldUpdate(changed: PropertyValues): boolean {
    const onlyDrawnOn = this.hasUpdated && [...changed.keys()].every((key) => DRAWN_ON.has(key));
    if (onlyDrawnOn && changed.has('paint')) this.#applyPaint();
    if (onlyDrawnOn) this.#mark();
    return !onlyDrawnOn;
  }

  override updated(): void {
    this.#elements = [...this.renderRoot.querySelectorAll<HTMLElement>('.token')];
    this.#first = Number(this.#elements[0]?.dataset.position ?? 0);
    this.#applyPaint();
    this.#mark();
  }

  override render(): TemplateResult {
    const first = this.tokens.findIndex(({ isShown }) => isShown);
    const from = this.showsContext ? 0 : Math.max(0, first - CONTEXT_SHOWN);
    const isChat = this.tokens.some(({ chat }) => chat !== undefined);
    return html`${from > 0 ? this.#more(from) : nothing}<div class="frame"><div
        role="listbox"
        class=${isChat ? 'chat' : ''}
        aria-label=${this.label}
        @pointerover=${(event: Event) => this.#tell('token-hover', positionOf(event))}
        @pointerleave=${() => this.#tell('token-hover', undefined)}
        @click=${(event: Event) => this.#tell('token-select', positionOf(event))}
        @keydown=${this.#keyPressed}
        @focusin=${(event: Event) => this.#focused(event)}
      >${isChat ? messageRuns(this.tokens, from).map((run) => this.#message(run)) : this.#tokens(from, this.tokens.length)}</div></div>`;
  }

  #message({ from, to, role }: MessageRun): TemplateResult {
    return html`<div class="message" role="group" aria-label=${role ?? t('written by the template')}
      ><span class="role" aria-hidden="true" title=${role === undefined ? nothing : GLOSSARY.role()}>${role}</span
      ><div class="said" role="presentation">${this.#tokens(from, to)}</div></div>`;
  }

  #tokens(from: number, to: number): TemplateResult[] {
    return this.tokens.slice(from, to).map((token, i) => this.#token(token, from + i));
  }

  #more(count: number): TemplateResult {
    const show = () => {
      this.showsContext = true;
    };
    return html`<button @click=${show}>${count === 1 ? t('… 1 token before') : t('… {0} tokens before', formatCount(count))}</button>`;
  }

  #token(token: TokenText, position: number): TemplateResult {
    const classes = `token ${token.isShown ? '' : 'context'} ${token.chat?.isScored ? 'scored' : ''}`;
    return html`<span
      role="option"
      aria-selected="false"
      aria-label=${token.text.trim() === '' ? token.label : nothing}
      tabindex="-1"
      class=${classes}
      data-position=${position}
      >${this.#content(token)}</span
    >`;
  }

  #content({ sharesCharacter, label, text, chat }: TokenText): unknown {
    if (chat?.isControl && label !== START)
      return html`<span class="chip" title=${GLOSSARY.controlToken()}>${text}</span>`;
    if (sharesCharacter) return html`<span class="part" title=${t('part of the same character')}>▪</span>`;
    if (label === START) return html`<span class="glyph start" title=${t('the token before every text')}></span>`;
    return this.#text(text);
  }

  #text(text: string): unknown {
    if (!this.glyphs) return text;
    return text
      .split(/([ \t\r\n])/)
      .map((part) => (part in INVISIBLE ? html`<span class="glyph ${INVISIBLE[part]}">${part}</span>` : part));
  }

  /** Only what is another than before: a paint that follows the pointer touches a few tokens of thousands. */
  #applyPaint(): void {
    for (const [i, element] of this.#elements.entries()) {
      const paint = this.paint[this.#first + i] ?? {};
      const before = this.#painted.get(element) ?? {};
      if (paint.background !== before.background) element.style.backgroundColor = paint.background ?? '';
      if (paint.lineWeight !== before.lineWeight) drawLine(element, paint.lineWeight);
      if (paint.isHatched !== before.isHatched) element.classList.toggle('hatched', paint.isHatched === true);
      if (before.rankClass && paint.rankClass !== before.rankClass) element.classList.remove(before.rankClass);
      if (paint.rankClass) element.classList.add(paint.rankClass);
      this.#painted.set(element, paint);
    }
  }

  /** Draws what is selected and pointed at on the tokens that are there. */
  #mark(): void {
    const { hovered, selected, stop } = this.#marked;
    hovered?.classList.remove('hovered');
    selected?.classList.remove('selected');
    selected?.setAttribute('aria-selected', 'false');
    stop?.setAttribute('tabindex', '-1');
    const now = {
      hovered: this.elementAt(this.hovered),
      selected: this.elementAt(this.selected),
      stop: this.elementAt(this.selected) ?? this.#elements[0] ?? null,
    };
    now.hovered?.classList.add('hovered');
    now.selected?.classList.add('selected');
    now.selected?.setAttribute('aria-selected', 'true');
    now.stop?.setAttribute('tabindex', '0');
    this.#marked = now;
  }

  /** The token at a position, where it is drawn. */
  elementAt(position: number | undefined): HTMLElement | null {
    return position === undefined ? null : (this.#elements[position - this.#first] ?? null);
  }

  #tell(type: 'token-hover' | 'token-select', position: number | undefined): void {
    if (type === 'token-select' && position === undefined) return;
    this.dispatchEvent(new CustomEvent(type, { detail: position, bubbles: true, composed: true }));
  }

  #focused(event: Event): void {
    const position = positionOf(event);
    if (position === undefined) return;
    const { text: shown = '', label = '', chat } = this.tokens[position] ?? {};
    // What is said has what is seen in it, glyphs only where nothing is seen.
    const text = `${shown.trim() === '' ? label : shown.trim()} ${this.describe(position)}`;
    this.elementAt(position)?.setAttribute('aria-label', [text.trim(), ...spokenMarks(chat)].join(', '));
  }

  #keyPressed(event: KeyboardEvent): void {
    const position = positionOf(event);
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (position === undefined) return;
    if (step !== undefined) {
      const next = this.elementAt(position + step);
      if (!next) return;
      event.preventDefault();
      if (position + step !== this.selected) this.#tell('token-select', position + step);
      next.focus();
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#tell('token-select', position);
    }
  }
}

/** What is seen of a token of a chat, in words. */
function spokenMarks(chat: ChatToken | undefined): string[] {
  return [...(chat?.isControl ? [t('control token')] : []), ...(chat?.isScored ? [t('scored')] : [])];
}

function drawLine({ dataset }: HTMLElement, weight: LineWeight | undefined): void {
  if (weight) dataset.line = `${weight}`;
  else delete dataset.line;
}

function positionOf(event: Event): number | undefined {
  const token = event.composedPath().find((target) => target instanceof HTMLElement && target.dataset.position);
  return token instanceof HTMLElement ? Number(token.dataset.position) : undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-token-text': TokenTextElement;
  }
  interface HTMLElementEventMap {
    'token-hover': CustomEvent<number | null>;
    'token-select': CustomEvent<number>;
  }
}
