import { html, nothing, type TemplateResult } from 'lit';
import type { Precision } from '../../../../src/anatomy/precision';
import type { ComparisonState } from '../../../../src/shared/inspector-api';
import { button } from '../../../kit/toolkit';
import { t } from '../../../l10n';

/** Compares one form after the other: each begins once what the one before changes is known. */
export class CompareAll {
  readonly #compare: (form: Precision) => void;
  #left: readonly Precision[] = [];
  #total = 0;
  /** Whether the first of those left is what is compared at present: asking for it takes a while. */
  #hasBegun = false;

  /** @param compare asks for the comparison with a form */
  constructor(compare: (form: Precision) => void) {
    this.#compare = compare;
  }

  start(forms: readonly Precision[]): void {
    this.#total = forms.length;
    this.#goOn(forms);
  }

  stop(): void {
    this.#left = [];
  }

  /** Takes in what is compared at present: says whether that changed how far it is. Whatever else somebody compares, and a failure, end it. */
  follow(comparison: ComparisonState | undefined, isKnown: boolean, hasFailed: boolean): boolean {
    const [form, ...others] = this.#left;
    if (form === undefined) return false;
    const isAtIt = comparison?.form === form;
    if (isAtIt) this.#hasBegun = true;
    if (isAtIt && isKnown) this.#goOn(others);
    else if (this.#hasBegun && (!isAtIt || hasFailed)) this.stop();
    else return false;
    return true;
  }

  /** The button that starts it, or how far it is; nothing where fewer than two forms are left to compare. */
  render(forms: readonly Precision[], changed: () => void, cancel: () => void): TemplateResult | typeof nothing {
    if (this.#left.length > 0) {
      const text = t('Comparing {0} of {1}', this.#total - this.#left.length + 1, this.#total);
      return html`<div class="choice"><span role="status">${text}</span>
        <progress max=${this.#total} value=${this.#total - this.#left.length} aria-label=${text}></progress>
        ${button(t('Cancel'), cancel)}</div>`;
    }
    if (forms.length < 2) return nothing;
    const start = () => {
      this.start(forms);
      changed();
    };
    return html`<div class="choice">${button(t('Compare all'), start)}</div>`;
  }

  #goOn(forms: readonly Precision[]): void {
    this.#left = forms;
    this.#hasBegun = false;
    const [next] = forms;
    if (next !== undefined) this.#compare(next);
  }
}
