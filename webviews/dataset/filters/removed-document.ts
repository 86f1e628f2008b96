import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatCount } from '../../../src/display/numbers';
import { messageOf } from '../../../src/shared/errors';
import type { Span } from '../../../src/shared/filters-api';
import type { FunnelHost, FunnelMeasure, FunnelState, OpenedDocument } from '../../../src/shared/funnel-page-api';
import { base } from '../../kit/styles';
import { button } from '../../kit/toolkit';
import { t } from '../../l10n';
import './duplicate-cluster';
import { disjoint, markedStyles, markedText } from './marked-text';
import { isYesOrNo, measuredBeside, measuredText } from './measured-text';

/** A document that is removed: what was measured beside the threshold, and its text with the characters that tripped the rule. */
@customElement('vt-removed-document')
export class RemovedDocumentElement extends LitElement {
  @property({ attribute: false }) accessor host!: FunnelHost;
  @property({ attribute: false }) accessor funnel!: FunnelState;
  /** The measure that is looked at: its why is said beside its slider, and it sees also a document that stays. */
  @property() accessor measure: string | undefined;
  @property({ type: Number }) accessor index = 0;
  @state() accessor document: OpenedDocument | undefined;
  @state() accessor problem = '';
  /** Which of the marked places is looked at. */
  @state() accessor place = 0;
  #isAsking = false;
  #asked = '';

  static override styles = [
    base,
    markedStyles,
    css`
      :host { padding: 8px 12px; }
      .head { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 4px 16px; }
      h2 { margin: 0; }
      p { margin: 0 0 4px; }
      .places { position: sticky; top: 0; display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; padding: 4px 0; background: var(--vscode-editor-background); }
      .text { margin-top: 8px; padding-top: 8px; border-top: 1px solid var(--line); }
      b { font-weight: 600; }
    `,
  ];

  override render(): TemplateResult {
    const { document, problem } = this;
    if (problem) return html`<p role="alert">${problem}</p>`;
    if (document?.index !== this.index) return html``;
    const measure = this.#measure(document.reason);
    return html`<div class="head"><h2>${t('Document {0}', formatCount(document.index + 1))}${document.stays ? html`<small>${t('stays')}</small>` : nothing}</h2>${button(t('Open in Its File'), () => this.#openInFile())}</div>
      ${measure ? this.#reason(document, measure) : nothing}
      ${document.problem === undefined ? nothing : html`<p>${document.problem}</p>`}
      ${this.#extent(document)}
      ${this.#places(document)}
      ${
        document.cluster
          ? html`<vt-duplicate-cluster .host=${this.host} .index=${document.index} .isSame=${measure !== undefined && isYesOrNo(measure)} .cluster=${document.cluster}></vt-duplicate-cluster>`
          : html`<div class="text" tabindex="0" role="region" aria-label=${t('Its text')}>${markedText(document.text, document.spans)}</div>`
      }`;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('index') || changed.has('measure') || changed.has('funnel')) void this.#ask();
    if (changed.has('document') && changed.get('document')?.index !== this.document?.index) this.place = 0;
  }

  override updated(changed: PropertyValues<this>): void {
    const isOther = changed.has('document') && changed.get('document')?.index !== this.document?.index;
    if (changed.has('document') || changed.has('place')) this.#show(isOther || changed.has('place'));
  }

  /** Has the place that is looked at stand out, and in view: of a new document as much from its beginning on as there is room for. */
  #show(isBrought: boolean): void {
    const marks = this.renderRoot.querySelectorAll('.text mark');
    for (const [i, mark] of marks.entries()) mark.classList.toggle('current', i === this.place && marks.length > 1);
    if (!isBrought) return;
    if (this.place === 0) this.scrollTop = 0;
    const mark = marks[this.place]?.getBoundingClientRect();
    const { top, bottom, height } = this.getBoundingClientRect();
    const begin = top + (this.renderRoot.querySelector('.places')?.clientHeight ?? 0);
    if (mark && (mark.top < begin || mark.bottom > bottom)) this.scrollTop += mark.top - top - height / 3;
  }

  #measure(reason: string): FunnelMeasure | undefined {
    return this.funnel.rules.flatMap(({ measures }) => measures).find(({ name }) => name === reason);
  }

  #reason({ stays, measured, threshold, spans, cluster }: OpenedDocument, measure: FunnelMeasure): TemplateResult {
    const { title, why, draw, removes } = measure;
    const limit = measuredText(threshold, draw);
    const isOfNearest = cluster && !isYesOrNo(measure);
    const sentence =
      isOfNearest && threshold === 0
        ? t('measured {0}; MinHash has found it', measuredBeside(measured, threshold, draw))
        : removes === 'above'
          ? t('measured {0}, threshold {1}: what is above it goes', measuredBeside(measured, threshold, draw), limit)
          : t('measured {0}, threshold {1}: what is below it goes', measuredBeside(measured, threshold, draw), limit);
    return html`<p class="number"><b>${title}</b>${isYesOrNo(measure) ? nothing : `: ${sentence}`}</p>
      ${measure.name === this.measure ? nothing : html`<p class="dim">${why}</p>`}
      ${isOfNearest ? html`<p class="dim">${t('What is measured is how like it is to the document of its group that is most like it, which may be removed itself.')}</p>` : nothing}
      ${cluster || (spans.length === 0 && isYesOrNo(measure)) ? nothing : html`<p class="dim number">${this.#marked(spans, stays)}</p>`}`;
  }

  #marked(spans: readonly Span[], stays: boolean): string {
    if (spans.length === 0) return t('No single place tripped it: it is a number of the whole document.');
    const count = formatCount(disjoint(spans).length);
    return stays
      ? t('Places that count, marked in the text: {0}.', count)
      : t('Places that tripped it, marked in the text: {0}.', count);
  }

  #places({ spans, cluster }: OpenedDocument): TemplateResult | typeof nothing {
    const count = cluster ? 0 : disjoint(spans).length;
    if (count < 2) return nothing;
    const go = (step: number) => () => {
      this.place = (this.place + step + count) % count;
    };
    return html`<div class="places">${button(t('Previous Place'), go(-1))}${button(t('Next Place'), go(1))}<span class="number" role="status">${t('{0} of {1}', formatCount(this.place + 1), formatCount(count))}</span></div>`;
  }

  #extent({ from, text, length }: OpenedDocument): TemplateResult | typeof nothing {
    if (text.length === length) return nothing;
    return html`<p class="number">${t('Characters {0} to {1} of {2} are shown.', formatCount(from + 1), formatCount(from + text.length), formatCount(length))}</p>`;
  }

  async #openInFile(): Promise<void> {
    try {
      await this.host.openInFile({ index: this.index });
    } catch (error) {
      this.problem = messageOf(error);
    }
  }

  /** Asked for once at a time; under thresholds that let it through it stays as it was. */
  async #ask(): Promise<void> {
    const { index, measure } = this;
    const asked = `${index} ${measure} ${this.funnel.revision}`;
    if (this.#isAsking || asked === this.#asked) return;
    this.#isAsking = true;
    this.#asked = asked;
    try {
      this.document = await this.host.document({ index, measure });
      this.problem = '';
    } catch (error) {
      this.problem = messageOf(error);
    } finally {
      this.#isAsking = false;
    }
    void this.#ask();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-removed-document': RemovedDocumentElement;
  }
}
