import './strongest-mark';
import { css, html, LitElement, nothing, type PropertyValues, svg, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { cssColour } from '../../../src/display/colour-scale';
import { tokenCount } from '../../kit/count-text';
import { hatched } from '../../kit/hatch';
import { reveal } from '../../kit/reveal';
import { styled } from '../../kit/styled';
import { base } from '../../kit/styles';
import { subjectTokens } from '../../kit/subject-tokens';
import { WidthController } from '../../kit/width';
import { t } from '../../l10n';
import type { ViewStore } from '../../store/view-store';
import { formatWeight } from './attention-scope';
import { isUnreachable, type RowWeights, shareOfKey, strongestKeys } from './row-weights';

/** More tokens are not all listed: only those around the one that looks, and those that it looks at. */
const LISTED = 120;
const STRONGEST = 24;
const NEIGHBOURS = 12;
const ROW_HEIGHT = 20;
/** Weaker ones are not seen. */
const FAINTEST = 0.04;

/** A token, or tokens that are left out. */
type ArcRow = { position: number } | { from: number; to: number };

/** Positions in order, with what lies between them as gaps. A gap of one token shows it. */
function rowsOf(positions: Iterable<number>, tokens: number): ArcRow[] {
  const rows: ArcRow[] = [];
  let next = 0;
  const skipTo = (position: number) => {
    if (position - next === 1) rows.push({ position: next });
    else if (position > next) rows.push({ from: next, to: position });
  };
  for (const position of [...new Set(positions)].sort((one, other) => one - other)) {
    skipTo(position);
    rows.push({ position });
    next = position + 1;
  }
  skipTo(tokens);
  return rows;
}

/** A position and the ones around it that there are. */
function around(position: number, distance: number, tokens: number): number[] {
  const from = Math.max(0, position - distance);
  const to = Math.min(tokens, position + distance + 1);
  return Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
}

/**
 * The text twice, with arcs from the token that looks to what it sees: as thick as the weight is of 100 %, as strong in
 * colour as it is of the strongest. Events: `token-hover`, `token-select`.
 */
@customElement('vt-attention-arcs')
export class AttentionArcsElement extends LitElement {
  @property({ attribute: false }) accessor store!: ViewStore;
  @property({ attribute: false }) accessor row: RowWeights | undefined;
  @property({ attribute: false }) accessor selected: number | undefined;
  @property({ attribute: false }) accessor token: number | undefined;
  /** Changes with the theme. */
  @property({ attribute: false }) accessor scale: unknown;
  @query('.frame') private accessor frame!: HTMLElement;
  readonly #width = new WidthController(this);
  /** What is above may grow after the arcs are drawn, and leave less room for them. */
  readonly #room = new ResizeObserver(() => this.#revealArcs());

  static override styles = [
    base,
    css`
      :host { display: flex; flex-direction: column; }
      .frame { min-height: 0; overflow: auto; }
      .arcs { display: grid; grid-template-columns: minmax(80px, 1fr) minmax(80px, 2fr) minmax(80px, 1fr); }
      ol { list-style: none; margin: 0; padding: 0; min-width: 0; font-family: var(--mono); font-size: 12px; }
      li { display: flex; align-items: center; gap: 4px; height: 20px; white-space: pre; }
      /* As high before it has drawn itself, so that the list is scrolled by the room that it really has. */
      vt-strongest-mark { flex: none; min-height: 24px; padding-bottom: 4px; color: var(--dim); }
      .queries li { justify-content: flex-end; }
      button { display: block; max-width: 100%; padding: 0 4px; font: inherit; color: inherit; background: none; border: 0; overflow: hidden; text-overflow: ellipsis; white-space: pre; cursor: pointer; }
      .weight { font-size: 11px; color: var(--dim); }
      .looks { outline: 2px solid var(--accent); }
      .pointed { outline: 1px dashed var(--accent); }
      .hatched { background-image: ${hatched}; }
      .reach { flex: none; padding-bottom: 4px; color: var(--dim); }
      .gap { color: var(--dim); font-family: inherit; padding: 0 4px; }
      svg { display: block; width: 100%; height: 100%; overflow: visible; }
    `,
  ];

  override render(): TemplateResult {
    const tokens = subjectTokens(this.store.subject);
    const listed = this.#listed(tokens.length);
    const queries = rowsOf(listed.queries, tokens.length);
    const keys = rowsOf(listed.keys, tokens.length);
    return html`${this.row && this.row.largest > 0 ? html`<vt-strongest-mark .weight=${this.row.largest}></vt-strongest-mark>` : ''}
    ${this.row && isUnreachable(this.row, 0) ? html`<p class="reach">${t('Hatched: out of reach')}</p>` : ''}
    <div class="frame"><div class="arcs">
      <ol class="queries" aria-label=${t('Tokens that look')} @pointerleave=${() => this.#tell('token-hover', undefined)}>
        ${queries.map((row) => this.#item(row, (position) => this.#query(position)))}
      </ol>
      ${this.#lines(queries, keys)}
      <ol class="keys" aria-label=${t('Tokens that are seen')}>${keys.map((row) => this.#item(row, (position) => this.#key(position)))}</ol>
    </div></div>`;
  }

  override firstUpdated(): void {
    this.#room.observe(this.frame);
  }

  override updated(changed: PropertyValues): void {
    if (changed.has('selected') || changed.has('row')) this.#revealArcs();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#room.disconnect();
  }

  /** Scrolls the list to the token that looks and, where both fit, to what it sees best. */
  #revealArcs(): void {
    // What is only pointed at moves nothing.
    if (this.row && this.row.query !== this.selected) return;
    for (const end of ['.strongest', '.looks']) {
      const element = this.renderRoot.querySelector(end);
      if (element) reveal(this.frame, element);
    }
  }

  #listed(tokens: number): { queries: number[]; keys: number[] } {
    if (tokens <= LISTED) {
      const all = Array.from({ length: tokens }, (_, position) => position);
      return { queries: all, keys: all };
    }
    const queries = around(this.selected ?? 0, NEIGHBOURS, tokens);
    if (!this.row) return { queries, keys: queries };
    const keys = strongestKeys(this.row, STRONGEST).flatMap((key) => around(key, 1, tokens));
    return { queries, keys: [...keys, ...around(this.row.query, 1, tokens)] };
  }

  #item(row: ArcRow, token: (position: number) => unknown): TemplateResult {
    if ('position' in row) return html`<li>${token(row.position)}</li>`;
    return html`<li><span class="gap">⋮ ${tokenCount(row.to - row.from)}</span></li>`;
  }

  #query(position: number): TemplateResult {
    const classes = position === this.selected ? 'looks' : position === this.token ? 'pointed' : '';
    return html`<button
      class=${classes}
      aria-pressed=${position === this.selected}
      @pointerover=${() => this.#tell('token-hover', position)}
      @click=${() => this.#tell('token-select', position)}
    >${this.#label(position)}</button>`;
  }

  #key(position: number): TemplateResult {
    const { row } = this;
    const share = row && position < row.weights.length ? shareOfKey(row, position) : 0;
    const colour = share > 0 ? cssColour(this.store.theme.heat('blue')(share)) : undefined;
    const weight =
      row && share > FAINTEST
        ? html`<span class="weight number">${formatWeight(row.weights[position] ?? 0)}</span>`
        : '';
    const isHatched = row !== undefined && isUnreachable(row, position);
    return html`<button
      class=${isHatched ? 'hatched' : share === 1 ? 'strongest' : ''}
      title=${isHatched ? t('out of reach') : nothing}
      ${styled({ 'background-color': colour })} @click=${() => this.#tell('token-select', position)}
      >${this.#label(position)}</button>${weight}`;
  }

  #lines(queries: readonly ArcRow[], keys: readonly ArcRow[]): TemplateResult {
    const { row } = this;
    const heightOf = (rows: readonly ArcRow[], position: number) =>
      ROW_HEIGHT * (rows.findIndex((other) => 'position' in other && other.position === position) + 0.5);
    const width = Math.max(80, this.#width.width / 2);
    const height = ROW_HEIGHT * Math.max(queries.length, keys.length);
    const colour = cssColour(this.store.theme.mark('blue')(1));
    const from = row ? heightOf(queries, row.query) : 0;
    const line = (key: number) => {
      const share = row ? shareOfKey(row, key) : 0;
      const to = heightOf(keys, key);
      return svg`<path fill="none" stroke=${colour} stroke-opacity=${0.15 + 0.85 * share} stroke-width=${1 + 7 * (row?.weights[key] ?? 0)}
        d=${`M0 ${from} C${width / 2} ${from} ${width / 2} ${to} ${width} ${to}`} />`;
    };
    const drawn =
      row && from > 0
        ? keys.flatMap((other) => ('position' in other && other.position <= row.query ? [other.position] : []))
        : [];
    return html`<svg viewBox=${`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      ${drawn.filter((key) => row && shareOfKey(row, key) > FAINTEST).map(line)}
    </svg>`;
  }

  #label(position: number): string {
    return subjectTokens(this.store.subject)[position]?.label ?? '';
  }

  #tell(type: 'token-hover' | 'token-select', position: number | undefined): void {
    this.dispatchEvent(new CustomEvent(type, { detail: position }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-attention-arcs': AttentionArcsElement;
  }
}
