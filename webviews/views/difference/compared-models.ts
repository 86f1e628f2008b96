import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { NEAR_THAT_FILE, roundingNote } from '../../../src/display/approximation';
import { spokenDigits } from '../../../src/display/numbers';
import { render } from '../../../src/display/sentences';
import { absence } from '../../../src/shared/capabilities';
import type { ComparisonKind } from '../../../src/shared/difference-api';
import type { ModelInfo } from '../../../src/shared/engine-api';
import type { ComparisonState } from '../../../src/shared/inspector-api';
import { base } from '../../kit/styles';
import '../../kit/term';
import { button } from '../../kit/toolkit';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import './gain-slider';

/** Which two models are compared, and what their difference means. Slot: what can be looked at. */
@customElement('vt-compared-models')
export class ComparedModelsElement extends StoreElement {
  @property({ attribute: false }) accessor comparison!: ComparisonState;
  /** Whether what is shown is not of the models as they are. */
  @property({ type: Boolean }) accessor busy = false;

  static override styles = [
    base,
    css`
      :host { display: grid; gap: 4px; grid-template-columns: minmax(0, 1fr); }
      ::slotted(*) { justify-self: start; }
      .row { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 16px; }
      .pair { display: flex; flex: 1 1 200px; flex-wrap: wrap; gap: 2px 12px; margin: 0; min-width: 0; }
      .pair div { display: flex; gap: 6px; min-width: 0; }
      dt { flex: none; width: 1.6em; text-align: center; font-weight: 600; border: 1px solid var(--line); }
      dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
      .actions { display: flex; flex-wrap: wrap; gap: 4px; }
      p { max-width: 96ch; font-size: 0.92em; }
    `,
  ];

  override render(): TemplateResult {
    const { store, comparison } = this;
    const { a, b, adapterGain, takesTurns } = comparison;
    return html`<div class="row">
        <dl class="pair">
          <div><dt>A</dt><dd title=${a.model?.name ?? a.label}>${a.label}</dd></div>
          <div><dt>B</dt><dd title=${b.model?.name ?? b.label}>${b.label}</dd></div>
        </dl>
        ${
          store.isLive
            ? html`<div class="actions no-picture">
              ${button(t('Compare With…'), () => store.host.compareWith())}
              ${button(t('Stop Comparing'), () => store.host.stopComparing())}
            </div>`
            : nothing
        }
      </div>
      <p class="dim">${meaning(comparison)}${notes(comparison)}${rounding('A', a.model)}${rounding('B', b.model)}${served(comparison)}${takesTurns ? html` ${t('Memory holds only one of the two: they take turns, and each comparison takes longer.')}` : nothing}</p>
      ${
        adapterGain === undefined
          ? nothing
          : html`<vt-gain-slider .store=${store} .gain=${adapterGain} ?busy=${this.busy} ?fixed=${!store.isLive}></vt-gain-slider>`
      }
      <slot></slot>`;
  }
}

/** What their difference means. */
function meaning({ kind, a, b, adapterGain = 1 }: ComparisonState): string {
  if ((kind === 'model' || kind === 'weights') && areSame(a.model, b.model))
    return t('A and B are the same weights in the same form: nothing can differ but rounding.');
  if (kind !== 'adapter' || adapterGain === 1) return KINDS[kind]();
  if (adapterGain === 0) return t('B is the same base with none of the adapter: nothing differs.');
  return t(
    'B is the same base with {0} × the adapter. Only at 1 is the difference what fine-tuning moved; here B is a model that nobody has trained.',
    spokenDigits(`${adapterGain}`),
  );
}

/** Whether they are of one file, and keep what it has in one form. */
function areSame(a: ModelInfo | undefined, b: ModelInfo | undefined): boolean {
  if (!a || !b) return false;
  const [ofA, ofB] = [a, b].map(({ sha256, weights, approximation: { bits, half, madeOf } = {} }) =>
    [sha256, weights, bits, half, madeOf].join(' '),
  );
  return ofA === ofB;
}

/** What a person should know of how an adapter fits, such as which model it was trained on. */
function notes({ kind, a, b }: ComparisonState): TemplateResult | typeof nothing {
  if (kind !== 'adapter') return nothing;
  const known = a.model?.notes.map((note) => render(note, t)) ?? [];
  const own = b.model?.notes.map((note) => render(note, t)).filter((note) => !known.includes(note)) ?? [];
  return html`${own.map((note) => html` <strong>${note}</strong>`)}`;
}

const KINDS: Readonly<Record<ComparisonKind, () => string>> = {
  model: () => t('Two models on the same text. The sign says which of them expected a word more, not which is right.'),
  adapter: () => t('B is the same base with an adapter: the difference is what fine-tuning moved.'),
  weights: () => t('B has the same weights, kept in other numbers.'),
  chatTemplate: () =>
    t(
      'B reads the text as the message of a user, in its chat template. Compared are the tokens of the text, not those of the template. A model that was never trained on those control tokens looks changed for that alone.',
    ),
  heads: () => t('B is the same model with heads switched off.'),
  steering: () => t('B is the same model, steered.'),
};

/** What is not known of models on servers, and how exact their numbers are. */
function served({ a, b }: ComparisonState): TemplateResult | typeof nothing {
  const models = [a, b].flatMap(({ label, model }) => (model ? [{ label, model }] : []));
  const partial = models.filter(({ model }) => !model.capabilities.hasDistributions);
  const absences = partial.map(({ label }) => render(absence('hasDistributions', label), t));
  return html`${absences.map((each) => html` ${each}`)}${
    partial.length > 0 ? html` ${t('So it is not known how far the distributions are apart.')}` : nothing
  }${models.some(({ model }) => model.server) ? html` ${t('Servers mostly compute in 16 bits: differences under 0.1 nats may be nothing but rounding.')}` : nothing}`;
}

/** What was rounded of a model's weights, and of what. */
function rounding(letter: 'A' | 'B', model: ModelInfo | undefined): TemplateResult | typeof nothing {
  const { approximation } = model ?? {};
  if (!approximation) return nothing;
  const note = render(roundingNote(letter, approximation), t);
  if (approximation.madeOf === undefined) return html` ${note}`;
  return html` ${note} <vt-term name="roundedAnew">${render(NEAR_THAT_FILE, t)}</vt-term>.`;
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-compared-models': ComparedModelsElement;
  }
}
