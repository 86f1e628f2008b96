import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatLogprobShort } from '../../../../src/display/numbers';
import { base } from '../../../kit/styles';
import '../../../kit/term';
import { t } from '../../../l10n';
import { isWay, logitDifference } from './ratio';
import type { Both, Run } from './runs';
import { signedLogit } from './spoken';

/** What both texts answer, and whether that differs enough to patch one into the other. Event: `as-asked` with whether the token is to be held against the one of the question. */
@customElement('vt-both-answers')
export class BothAnswersElement extends LitElement {
  @property({ attribute: false }) accessor both!: Both;
  /** Of the two tokens. */
  @property({ attribute: false }) accessor labels: readonly string[] = [];

  /** The token that the question holds against. */
  @property() accessor asked = '';
  @property({ type: Boolean }) accessor asAsked = false;

  static override styles = [
    base,
    css`
      :host { min-width: 0; overflow-x: auto; }
      table { border-collapse: collapse; }
      th, td { padding: 2px 12px 2px 0; font-weight: 400; text-align: end; white-space: pre; }
      th:first-child { text-align: start; }
      thead th { color: var(--dim); }
      thead th:last-child { white-space: normal; }
      p { margin-top: 4px; }
      button { padding: 0; font: inherit; color: var(--vscode-textLink-foreground); background: none; border: 0; cursor: pointer; }
      button:hover { text-decoration: underline; }
    `,
  ];

  override render(): TemplateResult {
    return html`<table class="number">
        <caption hidden>${t('What both texts answer')}</caption>
        <thead>
          <tr>
            <th scope="col"><span class="unseen">${t('Text')}</span></th>
            ${this.labels.map((label) => html`<th scope="col" class="mono">${label}</th>`)}
            <th scope="col"><vt-term name="logitDifference">${t('logit difference')}</vt-term></th>
          </tr>
        </thead>
        <tbody>
          ${this.#row(t('clean text'), this.both.clean)}${this.#row(t('corrupt text'), this.both.corrupt)}
        </tbody>
      </table>
      ${this.#isWay ? nothing : html`<p role="alert">${t('Both texts give nearly the same answer: a share of so small a difference means nothing. Write another corrupt text.')}</p>`}
      ${this.#instead()}`;
  }

  get #isWay(): boolean {
    return isWay(logitDifference(this.both.corrupt.logprobs), logitDifference(this.both.clean.logprobs));
  }

  #row(title: string, { logprobs }: Run): TemplateResult {
    const [token, against] = logprobs;
    const difference = logitDifference(logprobs);
    return html`<tr>
      <th scope="row">${title}</th>
      <td title=${Math.exp(token)}>${formatLogprobShort(token)}</td>
      <td title=${Math.exp(against)}>${formatLogprobShort(against)}</td>
      <td title=${difference}>${signedLogit(difference)}</td>
    </tr>`;
  }

  /** Where the corrupt text expects another token than the one that the question holds against. */
  #instead(): TemplateResult | typeof nothing {
    const [, against = ''] = this.labels;
    if (!this.asAsked && against === this.asked) return nothing;
    const turn = () => this.dispatchEvent(new CustomEvent('as-asked', { detail: !this.asAsked }));
    return this.asAsked
      ? html`<p><button class="no-picture" @click=${turn}>${t('Hold it against what the corrupt text expects')}</button></p>`
      : html`<p>
          ${t('Held against {0}, which the corrupt text expects.', against)}
          <button class="no-picture" @click=${turn}>${t('Hold it against {0}, as asked', this.asked)}</button>
        </p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-both-answers': BothAnswersElement;
  }
}
