import '../../kit/heat-strip';
import '../../kit/language-notice';
import './change-line';
import './change-panel';
import './curve-section';
import './part-sums';
import './place-panel';
import './text-sums';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Sums } from '../../../src/display/sums';
import type { Predictions } from '../../../src/shared/engine-api';
import type { Lenses, Subject } from '../../../src/shared/inspector-api';
import {
  chatCells,
  chatColumns,
  predictionCells,
  predictionColumns,
  type Table,
  TOKEN_COLUMNS,
  tokenCells,
} from '../../export/table';
import { Memo } from '../../kit/memo';
import { base } from '../../kit/styles';
import { subjectTokens } from '../../kit/subject-tokens';
import { WidthController } from '../../kit/width';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import { placeAt } from './place';
import { shownRuns, sumsOfChanged, sumsOfRuns } from './span-sums';
import { TokenChanges } from './token-changes';
import { type InUnits, inUnits, type Unit } from './unit';

/** Pixels from which there are two columns. */
const TWO_COLUMNS = 720;
/** Parts in the order in which they are seen, which is the Tab key's too: down one column, then the next. */
const DOWN_ONE_COLUMN = ['curve', 'place', 'change', 'sums', 'parts'] as const;
const DOWN_TWO_COLUMNS = ['curve', 'change', 'sums', 'parts', 'place'] as const;

/** The tokens that are shown, what the model made of each, and which it would rather have seen. */
function predictionTable(subject: Subject, predictions: Predictions, lenses: Lenses): Table {
  const ids = subject.read?.ids ?? new Uint32Array();
  const shown = [...subjectTokens(subject).entries()].filter(([, { isShown }]) => isShown);
  return {
    label: t('Predictions'),
    name: 'predictions',
    columns: [
      ...TOKEN_COLUMNS,
      ...predictionColumns(predictions),
      'expectedId',
      'expectedText',
      'expectedLogprob',
      ...chatColumns(subjectTokens(subject)),
    ],
    rows: async () => {
      const expected = shown.map(([position]) => placeAt(predictions, ids, position)?.candidates[0]);
      const texts = await lenses.describe({ ids: expected.flatMap((candidate) => candidate?.id ?? []) });
      let described = 0;
      return shown.map(([position, token], i) => {
        const candidate = expected[i];
        return [
          ...tokenCells(subject, position),
          ...predictionCells(predictions, position),
          candidate?.id,
          candidate && texts[described++]?.text,
          candidate?.logprob,
          ...chatCells(token),
        ];
      });
    },
  };
}

/** How probable the model finds the text, what it would have written instead, and what that would have changed. */
@customElement('vt-probabilities-view')
export class ProbabilitiesViewElement extends StoreElement {
  readonly #changes = new TokenChanges(this);
  readonly #inUnits = new Memo<InUnits>();
  readonly #sums = new Memo<Sums>();
  readonly #changedSums = new Memo<Sums>();
  readonly #width = new WidthController(this);

  static override styles = [
    base,
    css`
      .views { display: grid; gap: 24px 40px; padding: 16px; grid-template-columns: minmax(0, 1fr); }
      .views > * { min-width: 0; }
      /* What a tall second column leaves free is below the first, not between its parts. */
      .wide { grid-template-columns: minmax(0, 3fr) minmax(280px, 2fr); grid-template-rows: repeat(4, auto) 1fr; }
      .wide > * { grid-column: 1; }
      .wide > vt-place-panel { grid-column: 2; grid-row: 1 / span 5; }
    `,
  ];

  constructor() {
    super();
    this.addEventListener('keydown', this.#keyPressed);
  }

  override render(): TemplateResult | typeof nothing {
    const { predictions, subject } = this.store;
    if (!subject) return nothing;
    const shown = predictions && this.#shown(subject, predictions);
    return html`<vt-language-notice .store=${this.store}></vt-language-notice>
      <vt-heat-strip .store=${this.store} .predictions=${shown?.predictions} .difference=${shown?.changed}></vt-heat-strip>
      ${this.#changes.isEmpty ? nothing : this.#changeLine()}
      ${predictions && shown ? this.#views(subject, predictions, shown) : nothing}`;
  }

  tables(): Table[] {
    const { predictions, subject, lenses } = this.store;
    const label = this.#changes.isEmpty ? {} : { label: t('Predictions of the document') };
    return subject && predictions ? [{ ...predictionTable(subject, predictions, lenses), ...label }] : [];
  }

  get #unit(): Unit {
    return this.store.viewState.get<Unit>('probabilities.unit', 'token');
  }

  #shown(subject: Subject, predictions: Predictions): InUnits {
    const { text } = this.#changes;
    return this.#inUnits.get([this.#unit, subject, predictions, text], () =>
      inUnits(this.#unit, subject, predictions, text),
    );
  }

  #views(subject: Subject, predictions: Predictions, shown: InUnits): TemplateResult {
    const runs = shownRuns(subject);
    const sums = this.#sums.get([subject, predictions], () => sumsOfRuns(subject, predictions, runs));
    if (sums.predicted === 0) {
      return html`<p class="views">${t('The first token: nothing stands before it, so nothing predicts it.')}</p>`;
    }
    const { text } = this.#changes;
    const parts = {
      curve: this.#curve(shown),
      place: this.#place(shown),
      change: text && html`<vt-change-panel .store=${this.store} .changed=${text}></vt-change-panel>`,
      sums: html`<vt-text-sums
        .sums=${sums}
        .changed=${text && this.#changedSums.get([text], () => sumsOfChanged(text, runs))}
        .tint=${this.store.theme.heat('warm')}
        .rankLimit=${predictions.rankLimit}
      ></vt-text-sums>`,
      parts: this.#parts(predictions),
    };
    const isWide = this.#width.width >= TWO_COLUMNS;
    const shownParts = (isWide ? DOWN_TWO_COLUMNS : DOWN_ONE_COLUMN).filter((name) => parts[name]);
    return html`<div class=${isWide ? 'views wide' : 'views'}>${repeat(
      shownParts,
      (name) => name,
      (name) => parts[name],
    )}</div>`;
  }

  #place({ columns }: InUnits): TemplateResult {
    const { store } = this;
    return html`<vt-place-panel
      .store=${store}
      .changed=${this.#changes.text}
      .columns=${columns}
      .unit=${this.#unit}
      @bar-select=${({ detail }: CustomEvent<number>) => {
        if (store.token !== undefined) this.#changes.put(store.token, detail);
      }}
      @token-select=${({ detail }: CustomEvent<number>) => store.select({ token: detail })}
    ></vt-place-panel>`;
  }

  #parts(predictions: Predictions): TemplateResult {
    return html`<vt-part-sums
      .store=${this.store}
      .predictions=${predictions}
      ?elsewhereChanged=${this.#changes.text !== undefined}
      @token-select=${({ detail }: CustomEvent<number>) => this.store.select({ token: detail })}
    ></vt-part-sums>`;
  }

  #curve(shown: InUnits): TemplateResult {
    const choose = ({ detail }: CustomEvent<string>) => {
      this.store.viewState.set('probabilities.unit', detail);
      this.requestUpdate();
    };
    return html`<vt-curve-section
      .store=${this.store}
      .shown=${shown}
      .unit=${this.#unit}
      @choose=${choose}
    ></vt-curve-section>`;
  }

  #changeLine(): TemplateResult {
    const { text, progress, error } = this.#changes;
    return html`<vt-change-line
      .changed=${text}
      .progress=${progress}
      .error=${error}
      @put-back=${({ detail }: CustomEvent<number>) => this.#changes.put(detail, undefined)}
      @undo=${() => this.#changes.undo()}
    ></vt-change-line>`;
  }

  /** Escape undoes what is changed, and only then lets go of what is selected. */
  readonly #keyPressed = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || this.#changes.isEmpty) return;
    event.stopPropagation();
    this.#changes.undo();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-probabilities-view': ProbabilitiesViewElement;
  }
}
