import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cssColour } from '../../../../src/display/colour-scale';
import { formatCount, formatDecimal } from '../../../../src/display/numbers';
import { attentionShare, signedShare } from '../../../../src/display/scales';
import type { HeadSources } from '../../../../src/shared/why-api';
import { Memo } from '../../../kit/memo';
import { reveal } from '../../../kit/reveal';
import { base } from '../../../kit/styles';
import { subjectTokens, type TokenText } from '../../../kit/subject-tokens';
import '../../../kit/term';
import '../../../kit/token-text';
import type { TokenPaint } from '../../../kit/token-text';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import { formatWeight } from '../../attention/attention-scope';
import { SLOTS, withParts } from '../rich-text';
import { idleOf, listedOf, strongestOf } from './head-rows';
import { formatSigned, formatSignedNats, scaleEndOf } from './numbers';

/** The tokens that are listed: those that bring most, and the one that is looked at most. */
const LISTED = 6;

interface Painted {
  tokens: TokenText[];
  weights: TokenPaint[];
  values: TokenPaint[];
}

/** A head opened into the text: where it looks, and under it what that brings, over the same tokens. */
@customElement('vt-opened-head')
export class OpenedHeadElement extends StoreElement {
  @property({ attribute: false }) accessor sources!: HeadSources;
  /** What the head wrote in all. */
  @property({ type: Number }) accessor direct = 0;
  readonly #painted = new Memo<Painted>();

  static override styles = [
    base,
    css`
      .text { display: grid; grid-template-columns: 60px minmax(0, 1fr); gap: 0 8px; margin-bottom: 4px; }
      .text > span { color: var(--dim); padding-top: 2px; }
      vt-token-text { max-height: 104px; overflow: auto; font-size: 0.9em; }
      .idle { margin: 4px 0; max-width: none; }
      table { width: 100%; margin-top: 8px; border-collapse: collapse; }
      th { font-weight: 400; color: var(--dim); font-size: 0.85em; text-align: end; }
      th:first-child { text-align: start; }
      small { font-family: var(--vscode-font-family, sans-serif); color: var(--dim); }
      td { padding: 1px 0; text-align: end; }
      td:first-child { max-width: 0; width: 40%; overflow: hidden; text-overflow: ellipsis; text-align: start; white-space: pre; font-family: var(--mono); }
    `,
  ];

  override render(): TemplateResult {
    const { weights, values } = this.sources;
    const painted = this.#paint();
    const sum = values.reduce((total, value) => total + value, 0);
    return html`${this.#text(t('looks at'), painted.tokens, painted.weights, (position) => formatWeight(weights[position] ?? 0))}
      ${this.#text(t('brings'), painted.tokens, painted.values, (position) => formatSignedNats(values[position] ?? 0))}
      ${this.#idle(painted.tokens)} ${this.#table(painted.tokens)}
      <p class="dim number">${t('All tokens together {0}, remainder {1}.', formatSigned(sum), formatSigned(this.direct - sum))}</p>`;
  }

  /** Of a long text, both rows to where most comes from. */
  override updated(changed: PropertyValues): void {
    if (changed.has('sources')) void this.#reveal(strongestOf(this.sources.values)[0]);
  }

  async #reveal(position: number | undefined): Promise<void> {
    for (const text of this.renderRoot.querySelectorAll('vt-token-text')) {
      await text.updateComplete;
      const element = text.elementAt(position);
      if (element) reveal(text, element);
    }
  }

  #text(
    label: string,
    tokens: TokenText[],
    paint: readonly TokenPaint[],
    describe: (position: number) => string,
  ): TemplateResult {
    const { store } = this;
    return html`<div class="text"><span>${label}</span><vt-token-text
      label=${label}
      .tokens=${tokens}
      .paint=${paint}
      .hovered=${store.hovered}
      .describe=${describe}
      @token-hover=${({ detail }: CustomEvent<number | null>) => store.hover(detail)}
      @token-select=${({ detail }: CustomEvent<number>) => store.selectToken(detail)}
    ></vt-token-text></div>`;
  }

  /** That the first token has 90 % of the weight and nothing to say is not seen by colours alone. */
  #idle(tokens: readonly TokenText[]): TemplateResult | typeof nothing {
    const key = idleOf(this.sources);
    if (key === undefined) return nothing;
    const { weights, values } = this.sources;
    const [weight, value] = [formatWeight(weights[key] ?? 0), formatSigned(values[key] ?? 0)];
    const text = t(
      '{0} has {1} of the weight and brings only {2}: to look at a token is not yet to take something from it.',
      ...SLOTS,
    );
    return html`<p class="idle">${withParts(text, html`<bdi class="mono">${tokens[key]?.label}</bdi>`, weight, value)}</p>`;
  }

  #table(tokens: readonly TokenText[]): TemplateResult {
    const { weights, values, norms } = this.sources;
    const listed = listedOf(this.sources, LISTED);
    return html`<table>
      <thead><tr>
        <th>${t('token')}</th>
        <th><vt-term name="attention">${t('weight')}</vt-term></th>
        <th><vt-term name="valueNorm">${t('written')}</vt-term></th>
        <th>${t('brings')}</th>
      </tr></thead>
      <tbody>${listed.map(
        (key) => html`<tr>
          <td title=${t('token {0}', formatCount(key + 1))}>${tokens[key]?.label} <small>${key}</small></td>
          <td class="number">${formatWeight(weights[key] ?? 0)}</td>
          <td class="number">${formatDecimal(norms[key] ?? 0)}</td>
          <td class="number">${formatSigned(values[key] ?? 0)}</td>
        </tr>`,
      )}</tbody>
    </table>`;
  }

  #paint(): Painted {
    const { store, sources } = this;
    const [heat, difference] = [store.theme.heat('blue'), store.theme.differenceTint];
    return this.#painted.get([store.subject, sources, heat, difference], () => {
      const largest = sources.weights.reduce((most, weight) => Math.max(most, weight), 0);
      const end = scaleEndOf(sources.values);
      return {
        tokens: subjectTokens(store.subject).slice(0, sources.values.length),
        weights: Array.from(sources.weights, (weight) => ({
          background: cssColour(heat(attentionShare(weight, largest))),
        })),
        values: Array.from(sources.values, (value) => ({
          background: cssColour(difference(-signedShare(value, end))),
        })),
      };
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-opened-head': OpenedHeadElement;
  }
}
