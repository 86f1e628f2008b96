import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount } from '../../../../src/display/numbers';
import type { Undertrained, UndertrainedToken, VerifiedToken } from '../../../../src/shared/undertrained-api';
import { base } from '../../../kit/styles';
import { button } from '../../../kit/toolkit';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import { INDICATOR_NAMES } from './names';
import './undertrained-list';
import { cannotRepeat, Verification } from './verification';

/** How many are asked about by one press. */
const ASKED_TOGETHER = 10;

/** Which tokens are suspected, and what the model says where it is asked to repeat them. Event: that of its list, `token-point`. */
@customElement('vt-undertrained-candidates')
export class UndertrainedCandidatesElement extends StoreElement {
  @property({ attribute: false }) accessor undertrained!: Undertrained;
  /** What another model was asked is forgotten. */
  @property() accessor model = '';
  #verification: Verification | undefined;

  static override styles = [
    base,
    css`
      .row { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: center; margin: 8px 0; }
      progress { width: 120px; }
      h3 { margin: 16px 0 8px; font-size: inherit; font-weight: 600; }
    `,
  ];

  /** Those that the model was asked to repeat. */
  get verified(): ReadonlyMap<number, VerifiedToken> {
    return this.#verifications.verified;
  }

  override willUpdate(changed: PropertyValues): void {
    if (changed.has('model')) this.#forget();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forget();
  }

  override render(): TemplateResult {
    const { candidates, indicator } = this.undertrained;
    if (candidates.length === 0) {
      return html`<p>${t('Of the lowest 2 %, all are single bytes, which look untrained in every model.')}</p>`;
    }
    const { verified, waiting } = this.#verifications;
    return html`<h3>${countText(candidates.length)}</h3>
      <p class="dim">${t('Every model has a lowest 2 %: a low number is no more than a suspicion. Asked to repeat a token, a model that does not know it says something else. Single bytes and control tokens look untrained too and are left out.')}</p>
      ${this.#asking(candidates)}
      ${verified.size > 0 ? html`<p role="status">${this.#found(verified)}</p>` : nothing}
      <vt-undertrained-list
        .candidates=${candidates}
        .verified=${verified}
        .waiting=${waiting}
        .known=${`${verified.size} ${waiting.size}`}
        .indicator=${INDICATOR_NAMES[indicator]()}
        @token-ask=${({ detail }: CustomEvent<UndertrainedToken>) => this.#verifications.ask([detail.id])}
      ></vt-undertrained-list>`;
  }

  #asking(candidates: readonly UndertrainedToken[]): TemplateResult {
    const { work, verified } = this.#verifications;
    const unknown = candidates.filter(({ id }) => !verified.has(id));
    const next = unknown.slice(0, ASKED_TOGETHER).map(({ id }) => id);
    const label = next.length === 1 ? t('Ask about the lowest') : t('Ask about the {0} lowest', next.length);
    const ask = () => this.#verifications.ask(next);
    return html`<div class="row no-picture">${work.isRunning ? this.#progress() : button(label, ask, { isDisabled: next.length === 0 })}</div>
      ${work.failure ? html`<p role="alert">${work.failure}</p>` : nothing}`;
  }

  /** How many of those that were asked about the model could not repeat. */
  #found(verified: ReadonlyMap<number, VerifiedToken>): string {
    const failed = [...verified.values()].filter(cannotRepeat).length;
    return t('Asked to repeat: {0}. The model cannot repeat: {1}.', formatCount(verified.size), formatCount(failed));
  }

  #progress(): TemplateResult {
    const { waiting, done } = this.#verifications;
    const text = t('The model is asked to repeat tokens');
    return html`<span role="status">${text}</span>
      <progress max=${done + waiting.size} value=${done} aria-label=${text}></progress>
      ${button(t('Cancel'), () => this.#verifications.stop())}`;
  }

  get #verifications(): Verification {
    this.#verification ??= new Verification(this.store, () => this.requestUpdate());
    return this.#verification;
  }

  #forget(): void {
    this.#verification?.stop();
    this.#verification = undefined;
  }
}

const countText = (count: number): string =>
  count === 1 ? t('The lowest 2 %: 1 token') : t('The lowest 2 %: {0} tokens', formatCount(count));

declare global {
  interface HTMLElementTagNameMap {
    'vt-undertrained-candidates': UndertrainedCandidatesElement;
  }
}
