import '../../kit/choice';
import './part-table';
import { Task } from '@lit/task';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { bitsOf } from '../../../src/display/scales';
import type { Predictions } from '../../../src/shared/engine-api';
import type { Subject } from '../../../src/shared/inspector-api';
import { Memo } from '../../kit/memo';
import { base } from '../../kit/styles';
import { lineParts, symbolParts, type TextPart } from '../../kit/text-parts';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import type { PartRow } from './part-table';
import { mostSurprising, sumsOfRuns } from './span-sums';

/** The surprisal of a text summed by its lines, or by the functions and classes that the editor finds in it. */
@customElement('vt-part-sums')
export class PartSumsElement extends StoreElement {
  /** Of the document. */
  @property({ attribute: false }) accessor predictions!: Predictions;
  /** Whether other numbers are of a changed text. */
  @property({ type: Boolean }) accessor elsewhereChanged = false;
  readonly #rows = new Memo<PartRow[]>();

  static override styles = [
    base,
    css`.head { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: baseline; margin-bottom: 8px; } h2 { margin: 0; }`,
  ];

  #symbols = new Task(this, {
    args: () => [this.store.subject?.revision],
    task: () => this.store.host.symbols(),
  });

  override render(): TemplateResult | typeof nothing {
    const { subject, viewState } = this.store;
    if (!subject) return nothing;
    const symbols = this.#symbols.value ?? [];
    const parts = symbols.length > 0 ? viewState.get('probabilities.parts', 'symbols') : 'lines';
    const rows = this.#rowsOf(subject, parts);
    if (parts === 'lines' && rows.length < 2) return nothing;
    const choose = (event: CustomEvent<string>) => {
      viewState.set('probabilities.parts', event.detail);
      this.requestUpdate();
    };
    return html`<div class="head">
        <h2>${t('Where it surprises')}${this.elsewhereChanged ? html`<small>${t('in the document, without the change')}</small>` : nothing}</h2>
        ${
          symbols.length > 0
            ? html`<vt-choice
                label=${t('Sum by')}
                .value=${parts}
                .options=${[
                  { value: 'symbols', label: t('functions and classes') },
                  { value: 'lines', label: t('lines') },
                ]}
                @choose=${choose}
              ></vt-choice>`
            : nothing
        }
      </div>
      <vt-part-table
        label=${parts === 'lines' ? t('Line') : t('Function or class')}
        .rows=${rows}
        .scale=${this.store.theme.mark('warm')}
      ></vt-part-table>`;
  }

  #rowsOf(subject: Subject, parts: string): PartRow[] {
    const symbols = this.#symbols.value ?? [];
    return this.#rows.get([subject, this.predictions, this.#symbols.value, parts], () =>
      (parts === 'lines' ? lineParts(subject) : symbolParts(subject, symbols)).map((part) =>
        rowOf(part, subject, this.predictions),
      ),
    );
  }
}

function rowOf({ name, note, depth, run }: TextPart, subject: Subject, predictions: Predictions): PartRow {
  const { logprob, predicted } = sumsOfRuns(subject, predictions, [run]);
  const bits = bitsOf(logprob);
  const mean = predicted > 0 ? bits / predicted : Number.NaN;
  return { name, note, depth, tokens: run.to - run.from, bits, mean, position: mostSurprising(predictions, run) };
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-part-sums': PartSumsElement;
  }
}
