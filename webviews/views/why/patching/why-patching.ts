import { Task } from '@lit/task';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Asked } from '../../../../src/display/asked-place';
import { messageOf } from '../../../../src/shared/errors';
import type { HasTables, Table } from '../../../export/table';
import { candidateLabels } from '../../../kit/candidate-label';
import { Memo } from '../../../kit/memo';
import { base } from '../../../kit/styles';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import './both-answers';
import { type CleanText, cleanTextOf } from './clean-text';
import './corrupt-field';
import { type CorruptText, corruptTextOf, suggestions } from './corrupt-text';
import './patch-results';
import './patching-strip';
import { type Both, readBoth } from './runs';

/** Both texts, read for a question. */
interface Read {
  clean: CleanText;
  corrupt: CorruptText;
  both: Both;
  /** Of the tokens that are asked about. */
  labelOf(id: number): string;
}

/** Which parts of a clean run, put into a corrupt one, bring the clean answer back. */
@customElement('vt-why-patching')
export class WhyPatchingElement extends StoreElement implements HasTables {
  @property({ attribute: false }) accessor asked!: Asked;
  /** What is typed as the corrupt text of a clean one. */
  @state() private accessor typed: { clean: string; text: string } | undefined;
  /** Whether the token is held against the one that is asked about, whatever the corrupt text expects. */
  @state() private accessor isAsAsked = false;
  readonly #clean = new Memo<CleanText | undefined>();

  static override styles = [
    base,
    css`
      :host { container-type: inline-size; }
      .texts { display: grid; gap: 8px 40px; padding: 12px 16px 0; grid-template-columns: minmax(0, 1fr); }
      vt-patch-results { padding: 12px 16px 16px; }
      @container (min-width: 892px) {
        .texts { grid-template-columns: minmax(0, 3fr) minmax(280px, 2fr); }
      }
    `,
  ];

  #suggested = new Task(this, {
    args: () => [this.#cleanText] as const,
    task: async ([clean]) => (clean ? { clean, fills: await suggestions(this.store, clean) } : undefined),
  });

  #corrupt = new Task(this, {
    args: () => [this.#cleanText, this.#text] as const,
    task: async ([clean, text]) => (clean && text !== undefined ? corruptTextOf(this.store, clean, text) : undefined),
  });

  #runs = new Task(this, {
    args: () =>
      [
        this.#cleanText,
        this.#corrupt.value,
        this.asked,
        this.isAsAsked,
        this.store.state.ablated,
        this.store.state.steering,
      ] as const,
    task: async ([clean, corrupt, asked, isAsAsked], { signal }): Promise<Read | undefined> => {
      if (!clean || !corrupt || corrupt.alignment.kind === 'same') return undefined;
      const both = await readBoth(this.store, { clean, corrupt, asked, isAsAsked }, signal);
      const { token, against } = both.pair;
      const labels = await candidateLabels(this.store.lenses, [token, against, asked.against]);
      return { clean, corrupt, both, labelOf: (id) => labels.get(id) ?? '' };
    },
  });

  override render(): TemplateResult | typeof nothing {
    const { subject, isLive } = this.store;
    const clean = this.#cleanText;
    if (!subject || !clean) return nothing;
    const needed = t('This needs the model, which an exported page does not have. Open the text in the editor.');
    if (!isLive) return html`<p class="texts">${needed}</p>`;
    const corrupt = this.#corrupt.value;
    // What was read of another text is not shown beside this one.
    const read = this.#runs.value?.corrupt === corrupt ? this.#runs.value : undefined;
    return html`<vt-patching-strip
        .store=${this.store}
        .selected=${this.store.state.selected.token}
        .hovered=${this.store.hovered}
        .position=${clean.ids.length}
        .differing=${corrupt?.alignment.kind === 'aligned' ? corrupt.alignment.differing : []}
        .others=${(corrupt?.tokens ?? []).map(({ label }) => label)}
      ></vt-patching-strip>
      <div class="texts">
        <vt-corrupt-field
          .store=${this.store}
          .clean=${clean}
          .corrupt=${corrupt}
          .text=${this.#text ?? clean.text}
          .suggested=${this.#suggested.value?.fills ?? []}
          @text-change=${({ detail }: CustomEvent<string>) => {
            this.typed = { clean: clean.text, text: detail };
          }}
        ></vt-corrupt-field>
        ${this.#answers(read)}
      </div>
      ${read ? this.#results(read) : nothing}`;
  }

  tables(): Table[] {
    return this.renderRoot.querySelector('vt-patch-results')?.tables() ?? [];
  }

  get #cleanText(): CleanText | undefined {
    const { subject } = this.store;
    return this.#clean.get([subject, this.asked.position], () => subject && cleanTextOf(subject, this.asked));
  }

  /** The corrupt text: what was typed for this clean one, or a suggestion; undefined until there is one. */
  get #text(): string | undefined {
    const clean = this.#cleanText;
    if (clean && this.typed?.clean === clean.text) return this.typed.text;
    const suggested = this.#suggested.value;
    return suggested && suggested.clean === clean ? (suggested.fills[0]?.text ?? clean.text) : undefined;
  }

  #answers(read: Read | undefined): unknown {
    return this.#runs.render({
      pending: () => html`<p class="dim" role="status">${t('Reading …')}</p>`,
      error: (error) => html`<p role="alert">${messageOf(error)}</p>`,
      complete: () => (read ? this.#bothAnswers(read) : nothing),
    });
  }

  #bothAnswers({ both, labelOf }: Read): TemplateResult {
    return html`<vt-both-answers
      .both=${both}
      .labels=${[both.pair.token, both.pair.against].map(labelOf)}
      .asked=${labelOf(this.asked.against)}
      ?asAsked=${this.isAsAsked}
      @as-asked=${({ detail }: CustomEvent<boolean>) => {
        this.isAsAsked = detail;
      }}
    ></vt-both-answers>`;
  }

  #results({ clean, corrupt, both, labelOf }: Read): TemplateResult {
    return html`<vt-patch-results
      .store=${this.store}
      .clean=${clean}
      .corrupt=${corrupt}
      .both=${both}
      .labels=${[both.pair.token, both.pair.against].map(labelOf)}
    ></vt-patch-results>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-why-patching': WhyPatchingElement;
  }
}
