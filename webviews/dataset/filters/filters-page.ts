import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatBytes } from '../../../src/display/format-bytes';
import { formatCount, formatTimeLeft } from '../../../src/display/numbers';
import { messageOf } from '../../../src/shared/errors';
import type { FunnelHost, FunnelNeed, FunnelState, WrittenFile } from '../../../src/shared/funnel-page-api';
import type { Counting, LengthsHost } from '../../../src/shared/lengths-page-api';
import type { TaskProgress } from '../../../src/shared/progress';
import '../../kit/choice';
import { base } from '../../kit/styles';
import { button } from '../../kit/toolkit';
import { t } from '../../l10n';
import type { ViewState } from '../../store/view-state';
import './funnel-rules';
import './funnel-totals';
import './removed-document';
import './removed-documents';
import type { Listed } from './removed-documents';

const WIDE = matchMedia('(min-width: 800px)');

interface Moved {
  measure: string;
  threshold: number | undefined;
}

/** What rules make of a data set: the funnel of them, what each removes, and a document that goes. */
@customElement('vt-filters-page')
export class FiltersPageElement extends LitElement {
  @property({ attribute: false }) accessor host!: FunnelHost & LengthsHost;
  @property({ attribute: false }) accessor funnel!: FunnelState;
  /** Of the tokens of all documents. */
  @property({ attribute: false }) accessor counting!: Counting;
  /** What is looked at is kept here. */
  @property({ attribute: false }) accessor choices!: ViewState;
  @property({ attribute: false }) accessor isShown = false;
  @state() accessor listed: Listed | undefined;
  @state() accessor document: number | undefined;
  @state() accessor problem = '';
  /** Whether rules and what they remove stand side by side. */
  @state() accessor isWide = WIDE.matches;
  /** Thresholds on their way to the host, and one that has been moved meanwhile. */
  #isSending = false;
  /** Whether the data set was opened for the rules, whose numbers may be known. */
  #isOpened = false;
  #next: Moved | undefined;

  static override styles = [
    base,
    css`
      :host { height: 100%; overflow: auto; }
      .top { display: grid; gap: 8px; padding: 12px; border-bottom: 1px solid var(--line); }
      .line { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 16px; }
      .about { display: grid; gap: 8px 24px; }
      .said { display: grid; gap: 8px; align-content: start; }
      .said p { max-width: 90ch; }
      .actions { display: flex; flex-wrap: wrap; gap: 4px; margin-inline-start: auto; }
      .off { padding: 12px; display: grid; gap: 12px; justify-items: start; }
      progress { width: 120px; vertical-align: middle; }
      .seen { display: grid; }
      vt-removed-documents { max-height: 220px; }
      vt-removed-document { max-height: 70vh; overflow-y: auto; }
      .hint { padding: 12px; }
      /* Each part scrolls by itself where they stand side by side. */
      @media (min-width: 800px) {
        :host { display: flex; flex-direction: column; overflow: hidden; }
        /* What comes and goes has its place beside what stays, so that nothing below moves. */
        .about { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); }
        .seen { flex: 1; min-height: 0; grid-template-columns: minmax(360px, 2fr) 3fr; }
        vt-funnel-rules { position: relative; overflow-y: auto; border-inline-end: 1px solid var(--line); }
        .side { display: flex; flex-direction: column; min-height: 0; }
        vt-removed-documents { flex: 0 0 auto; max-height: 40%; border-bottom: 1px solid var(--line); }
        vt-removed-document { flex: 1 1 60%; min-height: 0; max-height: none; }
      }
      @media (min-width: 1300px) {
        .seen { grid-template-columns: minmax(420px, 1fr) 2fr; }
        .side { flex-direction: row; }
        vt-removed-documents { flex: 1 1 35%; max-height: none; min-width: 0; border-bottom: 0; border-inline-end: 1px solid var(--line); }
        vt-removed-document { flex: 1 1 65%; min-width: 0; }
      }
    `,
  ];

  override render(): TemplateResult {
    const { funnel } = this;
    const { reading, preset, presets, wanted } = funnel;
    const chosen = presets.find(({ name }) => name === (wanted?.preset ?? preset));
    const options = presets.map(({ name, title, why }) => ({ value: name, label: title, title: why }));
    return html`<div class="top">
        <div class="line">
          <vt-choice label=${t('Rules for')} .options=${options} .value=${wanted?.preset ?? preset} @choose=${this.#preset}></vt-choice>
          ${reading.kind === 'done' && !wanted && funnel.all.documents > 0 ? this.#actions() : nothing}
        </div>
        <div class="about">
          <div class="said">
            <p class="dim">${chosen?.why}</p>
            ${funnel.all.documents > 0 ? html`<vt-funnel-totals .funnel=${funnel} .counting=${this.counting} @count=${() => this.#ask(this.host.countTokens())} @stop=${() => this.#ask(this.host.stopCounting())}></vt-funnel-totals>` : nothing}
          </div>
          <div class="said">
            ${wanted ? this.#wanted(wanted) : this.#changes()}
            ${this.#working()}
            <div role="status">${this.#notices()}</div>
          </div>
        </div>
      </div>
      ${funnel.all.documents > 0 ? this.#funnel() : nothing}`;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('choices')) [this.listed, this.document] = lookedAt(this.choices);
    const { preset, rules } = this.funnel;
    const isOther = preset !== (changed.get('funnel')?.preset ?? preset);
    if (isOther || !rules.some(({ name }) => name === this.listed?.rule)) this.#close();
    if (!this.isShown || this.#isOpened) return;
    this.#isOpened = true;
    if (this.funnel.reading.kind === 'off') void this.#ask(this.host.openFunnel());
  }

  override updated(changed: PropertyValues<this>): void {
    if (!changed.has('listed') && !changed.has('document')) return;
    const { choices, listed, document } = this;
    choices.set('rule', listed?.rule ?? '');
    choices.set('measure', listed?.measure ?? '');
    choices.set('document', document ?? -1);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    WIDE.addEventListener('change', this.#resized);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    WIDE.removeEventListener('change', this.#resized);
  }

  readonly #resized = () => {
    this.isWide = WIDE.matches;
  };

  #funnel(): TemplateResult {
    const { host, funnel, listed, isWide } = this;
    return html`<div class="seen">
      <vt-funnel-rules .funnel=${funnel} .listed=${listed} @list=${this.#list} @rule=${({ detail }: CustomEvent) => this.#ask(host.setRule(detail))} @threshold=${({ detail }: CustomEvent) => this.#threshold(detail)} @need=${this.#need} @cancel=${() => host.stopModel()}>${listed && !isWide ? this.#removed(listed) : nothing}</vt-funnel-rules>
      ${isWide ? html`<div class="side">${listed ? this.#removed(listed) : hint()}</div>` : nothing}
    </div>`;
  }

  /** On a narrow page it stands in the rule that removes it. */
  #removed(listed: Listed): TemplateResult {
    const { host, funnel, document } = this;
    return html`<vt-removed-documents .host=${host} .funnel=${funnel} .listed=${listed} .choices=${this.choices} .chosen=${document} @document=${this.#open}></vt-removed-documents>
      ${document === undefined ? nothing : html`<vt-removed-document .host=${host} .funnel=${funnel} .index=${document} .measure=${this.#measure(listed)}></vt-removed-document>`}`;
  }

  /** Until its documents are read, the numbers below are of the preset before. */
  #wanted({ documents }: NonNullable<FunnelState['wanted']>): TemplateResult {
    const { preset, presets } = this.funnel;
    const before = presets.find(({ name }) => name === preset)?.title ?? '';
    return html`<div class="line"><p class="number">${t('These rules measure other things: all {0} documents have to be read again. Until then all numbers are of the rules for: {1}.', formatCount(documents), before)}</p>${button(t('Read All Again'), () => this.#ask(this.host.readWanted()), { isPrimary: true })}</div>`;
  }

  #changes(): TemplateResult | typeof nothing {
    const changes = this.funnel.rules.filter(({ isChanged }) => isChanged).length;
    if (changes === 0) return nothing;
    return html`<div class="line"><span class="number">${t('Rules that are not as the preset has them: {0}.', formatCount(changes))}</span>${button(t('Back to All of the Preset’s'), () => this.#ask(this.host.resetChoices()))}</div>`;
  }

  /** The measure that is open, or the only one. */
  #measure({ rule, measure }: Listed): string | undefined {
    const { measures = [] } = this.funnel.rules.find(({ name }) => name === rule) ?? {};
    return measures.length === 1 ? measures[0]?.name : measure;
  }

  #actions(): TemplateResult {
    const { exporting } = this.funnel;
    const save = (what: 'kept' | 'removed') => () => this.#ask(this.host.exportDocuments({ what }));
    return html`<div class="actions">${
      exporting
        ? html`${progress(t('Exporting'), exporting)} ${button(t('Cancel'), () => this.host.stopExport())}`
        : html`${button(t('Export What Stays…'), save('kept'), { isPrimary: true })}${button(t('Export What Goes…'), save('removed'))}`
    }</div>`;
  }

  #notices(): TemplateResult {
    const { problem, funnel } = this;
    return html`${this.#reading()}${funnel.notice ? html`<p>${funnel.notice}</p>` : nothing}${funnel.written ? this.#written(funnel.written) : nothing}${problem ? html`<p>${problem}</p>` : nothing}`;
  }

  #written({ documents, bytes, name }: WrittenFile): TemplateResult {
    const sentence = t('Written: {0} documents, {1}, in {2}.', formatCount(documents), formatBytes(bytes), name);
    return html`<div class="line"><p class="number">${sentence}</p>${button(t('Open the File'), () => this.#ask(this.host.openWritten()))}</div>`;
  }

  #working(): TemplateResult | typeof nothing {
    const { reading, all } = this.funnel;
    const cancel = () => button(t('Cancel'), () => this.host.stopReading());
    if (reading.kind === 'opening')
      return html`<div class="line">${progress(t('Opening the data set'), reading)}${cancel()}</div>`;
    if (reading.kind !== 'working') return nothing;
    const { total, secondsLeft } = reading;
    // Of which is said what stays: a little less than what is read.
    const seen = total > 0 && t('{0} of {1} documents', formatCount(all.documents), formatCount(total));
    const left = !Number.isNaN(secondsLeft) && t('{0} left', formatTimeLeft(secondsLeft));
    return html`<div class="line">${progress(t('Reading'), reading)}<span class="number">${[seen, left].filter(Boolean).join(' · ')}</span>${cancel()}</div>`;
  }

  #reading(): TemplateResult | typeof nothing {
    const { reading, all } = this.funnel;
    const read = () => this.#ask(this.host.readDocuments());
    switch (reading.kind) {
      case 'off':
        return html`<div class="line"><p>${t('Every document is read once; then thresholds can be moved without reading again.')}</p>${button(t('Apply the Rules'), read, { isPrimary: true })}</div>`;
      case 'opening':
      case 'working':
        return nothing;
      case 'stopped':
        return html`<div class="line"><p class="number">${t('Reading was ended after {0} documents: all numbers are of these.', formatCount(all.documents))}</p>${button(t('Go On'), read)}</div>`;
      case 'failed':
        return html`<div class="line"><p>${reading.message}</p>${button(t('Try Again'), read)}</div>`;
      case 'done':
        return all.documents > 0 ? nothing : html`<p>${t('There is no document in this data set.')}</p>`;
    }
  }

  readonly #preset = ({ detail }: CustomEvent<string>) => void this.#ask(this.host.choosePreset(detail));

  readonly #list = ({ detail }: CustomEvent<Listed | undefined>) => {
    if (detail?.rule !== this.listed?.rule) this.#close();
    this.listed = detail;
  };

  readonly #open = async ({ detail }: CustomEvent<number>) => {
    this.document = detail;
    await this.updateComplete;
    // Where parts stand one below the other, it may be far below.
    this.renderRoot.querySelector('vt-removed-document')?.scrollIntoView();
  };

  readonly #need = ({ detail }: CustomEvent<FunnelNeed>) =>
    this.#ask(detail === 'model' ? this.host.readByModel() : this.host.chooseQuestions());

  #close(): void {
    this.listed = undefined;
    this.document = undefined;
  }

  /** One at a time, so that a slider that is dragged leaves no queue behind it. */
  async #threshold(moved: Moved): Promise<void> {
    this.#next = moved;
    if (this.#isSending) return;
    this.#isSending = true;
    while (this.#next) {
      const next = this.#next;
      this.#next = undefined;
      await this.#ask(this.host.setThreshold(next));
    }
    this.#isSending = false;
  }

  async #ask(asked: Promise<void>): Promise<void> {
    try {
      this.problem = '';
      await asked;
    } catch (error) {
      this.problem = messageOf(error);
    }
  }
}

/** Before the page was hidden. */
function lookedAt(choices: ViewState): [Listed | undefined, number | undefined] {
  const [rule, document] = [choices.get('rule', ''), choices.get('document', -1)];
  if (rule === '') return [undefined, undefined];
  return [{ rule, measure: choices.get('measure', '') || undefined }, document < 0 ? undefined : document];
}

const hint = () =>
  html`<p class="hint dim">${t('Choose a rule to move its thresholds and to see what it removes.')}</p>`;

const progress = (label: string, { done, total }: TaskProgress) =>
  html`<span class="number">${label} <progress max=${Math.max(1, total)} value=${done} aria-label=${label}></progress></span>`;

declare global {
  interface HTMLElementTagNameMap {
    'vt-filters-page': FiltersPageElement;
  }
}
