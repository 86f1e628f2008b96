import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { base } from '../../../kit/styles';
import { subjectTokens, tokensBefore } from '../../../kit/subject-tokens';
import '../../../kit/term';
import { textField } from '../../../kit/toolkit';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import type { Replacement } from './measuring';
import { shuffled } from './shuffled';

const KINDS = ['zero', 'mean', 'resample', 'gain'] as const;
type Kind = (typeof KINDS)[number];

/** What is typed is taken when it rests for so long. */
const REST_MS = 300;

/** What stands in place of a part that is switched off. Event: `replace` with it. */
@customElement('vt-replacement-choice')
export class ReplacementChoiceElement extends StoreElement {
  @property({ attribute: false }) accessor value: Replacement = { kind: 'gain', value: 0 };
  @state() private accessor kind: Kind = 'zero';
  @state() private accessor note = '';
  #gain = 0.5;
  #rest: ReturnType<typeof setTimeout> | undefined;

  static override styles = [
    base,
    css`
      :host { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; }
      select, input {
        min-width: 0;
        max-width: 100%;
        padding: 2px 4px;
        font: inherit;
        color: var(--vscode-dropdown-foreground, inherit);
        background: var(--vscode-dropdown-background, transparent);
        border: 1px solid var(--vscode-dropdown-border, var(--line));
      }
      input { width: 64px; }
      .text-field { flex: 1 1 100%; }
      p { flex: 1 1 100%; font-size: 0.85em; color: var(--dim); }
      label { display: inline-flex; align-items: center; gap: 4px 8px; }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#rest);
  }

  override render(): TemplateResult {
    const chosen = ({ target }: Event) => this.#choose((target as HTMLSelectElement).value as Kind);
    return html`<label><vt-term name="replacement">${t('off gives')}</vt-term>
        <select aria-label=${t('What stands in place of a part')} @change=${chosen}>
          ${KINDS.map((kind) => html`<option value=${kind} .selected=${kind === this.kind}>${KIND_NAMES[kind]()}</option>`)}
        </select></label>
      ${this.kind === 'gain' ? this.#gainField() : nothing}
      ${
        this.kind === 'resample'
          ? textField({
              label: t('Another text of as many tokens'),
              placeholder: t('this one’s tokens in another order'),
              typed: this.#typed,
            })
          : nothing
      }
      ${this.note ? html`<p role="status">${this.note}</p>` : nothing}`;
  }

  #gainField(): TemplateResult {
    const changed = ({ target }: Event) => {
      const { valueAsNumber } = target as HTMLInputElement;
      if (!Number.isFinite(valueAsNumber) || valueAsNumber === 1) return;
      this.#gain = valueAsNumber;
      this.#tell({ kind: 'gain', value: valueAsNumber });
    };
    return html`<label>× <input type="number" step="0.1" aria-label=${t('Times how much')} .value=${`${this.#gain}`} @change=${changed} /></label>`;
  }

  #choose(kind: Kind): void {
    this.kind = kind;
    this.note = '';
    this.#tell(this.#replacement(kind));
  }

  #replacement(kind: Kind): Replacement {
    switch (kind) {
      case 'zero':
        return { kind: 'gain', value: 0 };
      case 'gain':
        return { kind: 'gain', value: this.#gain };
      case 'mean':
        return { kind: 'mean' };
      case 'resample':
        return { kind: 'resample', ids: shuffled(this.#ids) };
    }
  }

  readonly #typed = (text: string): void => {
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => void this.#take(text), REST_MS);
  };

  /** Positions have to be the same in both. */
  async #take(text: string): Promise<void> {
    const own = this.#ids;
    if (text === '') {
      this.#choose('resample');
      return;
    }
    const { ids } = await this.store.host.tokenize({ vocabulary: 'model', text });
    const all = [...own.slice(0, tokensBefore(subjectTokens(this.store.subject))), ...ids];
    const isAsLong = all.length === own.length;
    this.note = isAsLong ? '' : t('It has {0} tokens, and this text {1}: make them as many.', all.length, own.length);
    if (isAsLong) this.#tell({ kind: 'resample', ids: all });
  }

  get #ids(): number[] {
    return [...(this.store.subject?.read?.ids ?? [])];
  }

  #tell(detail: Replacement): void {
    this.dispatchEvent(new CustomEvent('replace', { detail }));
  }
}

const KIND_NAMES: Readonly<Record<Kind, () => string>> = {
  zero: () => t('nothing (zero)'),
  mean: () => t('its mean over the text'),
  resample: () => t('another text’s (resample)'),
  gain: () => t('itself, times …'),
};

declare global {
  interface HTMLElementTagNameMap {
    'vt-replacement-choice': ReplacementChoiceElement;
  }
}
