import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatCount } from '../../../src/display/numbers';
import type { NearThreshold, RemovedDocument } from '../../../src/shared/filters-api';
import type { FunnelHost, FunnelState } from '../../../src/shared/funnel-page-api';
import '../../kit/choice';
import { OneStop } from '../../kit/one-stop';
import { base } from '../../kit/styles';
import { button } from '../../kit/toolkit';
import { t } from '../../l10n';
import type { ViewState } from '../../store/view-state';
import { isYesOrNo, measuredBeside } from './measured-text';

/** A rule, or one of its measures, whose documents are listed. */
export interface Listed {
  rule: string;
  measure: string | undefined;
}

/** How many are asked for at once. */
const MORE = 50;
/** On each side of a threshold. */
const NEAR = 25;

type Order = 'extreme' | 'near';

/** The documents that a rule removes, the most extreme first, or of a measure those on both sides of its threshold. Events: `document` with the number of one that is chosen. */
@customElement('vt-removed-documents')
export class RemovedDocumentsElement extends LitElement {
  @property({ attribute: false }) accessor host!: FunnelHost;
  @property({ attribute: false }) accessor funnel!: FunnelState;
  @property({ attribute: false }) accessor listed!: Listed;
  /** Where in the list one was is kept here. */
  @property({ attribute: false }) accessor choices!: ViewState;
  @property({ attribute: false }) accessor chosen: number | undefined;
  @state() accessor documents: RemovedDocument[] = [];
  /** Where they are listed by how near they are to the threshold. */
  @state() accessor near: NearThreshold | undefined;
  @state() accessor order: Order = 'extreme';
  @state() accessor wanted = MORE;
  /** Of a rule that is off. */
  @state() accessor wouldRemove: number | undefined;
  readonly #stop = new OneStop(this, 'li button');
  /** Where the list is to be once it is there. */
  #scrolled = 0;
  #isAsking = false;
  #asked = '';

  static override styles = [
    base,
    css`
      :host { display: flex; flex-direction: column; min-height: 0; }
      h2 { padding: 8px 12px 0; margin: 0 0 4px; }
      p { padding: 0 12px 4px; }
      ul { flex: 1; min-height: 0; margin: 0; padding: 0 0 8px; list-style: none; overflow-y: auto; }
      li button { display: grid; grid-template-columns: 56px minmax(0, 1fr) auto; gap: 0 8px; width: 100%; padding: 3px 12px; font: inherit; color: inherit; text-align: start; background: none; border: 0; cursor: pointer; }
      li button:hover { background: var(--vscode-list-hoverBackground); }
      li button[aria-current='true'] { color: var(--vscode-list-inactiveSelectionForeground, inherit); background: var(--vscode-list-inactiveSelectionBackground); outline: 1px solid var(--vscode-contrastActiveBorder, transparent); outline-offset: -1px; }
      li button:focus-visible { outline: 1px solid var(--accent); outline-offset: -1px; }
      .heading { padding: 4px 12px 0; font-size: 11px; color: var(--dim); }
      .index { text-align: end; color: var(--dim); }
      [aria-current='true'] .index, button:hover .index { color: inherit; }
      .beginning { overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
      .more { padding: 4px 12px; }
    `,
  ];

  override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('listed');
    if (changed.has('choices')) {
      [this.wanted, this.#scrolled] = this.#place;
      this.order = this.choices.get<Order>('order', 'extreme');
    }
    if (before && (before.rule !== this.listed.rule || before.measure !== this.listed.measure)) {
      this.wanted = MORE;
      this.#keep(0);
    }
  }

  override render(): TemplateResult {
    const removed = this.#removed;
    return html`<h2>${this.#title} <small class="number">${t('{0} removed', formatCount(removed))}</small></h2>
      ${removed === 0 ? html`<p class="dim number">${this.#nothing()}</p>` : nothing}
      ${this.#canBeNear ? this.#orders() : nothing}
      ${this.near ? this.#bothSides(this.near) : this.#list(removed)}`;
  }

  #list(removed: number): TemplateResult {
    const { documents, chosen } = this;
    return html`<ul aria-label=${t('Removed documents, the most extreme first')} @scrollend=${({ target }: Event) => this.#keep((target as Element).scrollTop)} @focusin=${this.#stop.focused} @keydown=${this.#stop.keyPressed}>
        ${documents.map((document, i) => html`${this.#heading(document, documents[i - 1])}${this.#line(document, document.index === chosen)}`)}
        ${documents.length > 0 && documents.length < removed ? html`<li class="more">${button(t('Show More'), () => (this.wanted += MORE))}</li>` : nothing}
      </ul>`;
  }

  #orders(): TemplateResult {
    const options = [
      { value: 'extreme', label: t('Most extreme first') },
      { value: 'near', label: t('Around the threshold') },
    ];
    const choose = ({ detail }: CustomEvent<string>) => {
      this.order = detail === 'near' ? 'near' : 'extreme';
      this.choices.set('order', this.order);
    };
    return html`<p><vt-choice label=${t('Order')} .options=${options} .value=${this.order} @choose=${choose}></vt-choice></p>`;
  }

  /** What goes comes nearer to the threshold from line to line, and what stays goes away from it. */
  #bothSides({ removed, kept }: NearThreshold): TemplateResult {
    const { chosen } = this;
    const line = (document: RemovedDocument) => this.#line(document, document.index === chosen);
    return html`<ul aria-label=${t('Documents on both sides of the threshold')} @focusin=${this.#stop.focused} @keydown=${this.#stop.keyPressed}>
      ${removed.length > 0 ? html`<li class="heading">${t('These go, the last of them by the least')}</li>` : nothing}${removed.toReversed().map(line)}
      ${kept.length > 0 ? html`<li class="heading kept">${t('These stay, the first of them by the least')}</li>` : nothing}${kept.map(line)}
    </ul>`;
  }

  override updated(changed: PropertyValues<this>): void {
    void this.#ask();
    if (changed.has('near') && !changed.get('near'))
      this.renderRoot.querySelector('.kept')?.scrollIntoView({ block: 'center' });
    if (!changed.has('documents') || this.documents.length === 0 || this.#scrolled === 0) return;
    (this.renderRoot.querySelector('ul') as Element).scrollTop = this.#scrolled;
    this.#scrolled = 0;
  }

  /** How many were listed, and how far one had scrolled, if it was this list. */
  get #place(): [number, number] {
    const { choices } = this;
    if (choices.get('listed', '') !== JSON.stringify(this.listed)) return [MORE, 0];
    return [choices.get('wanted', MORE), choices.get('scrolled', 0)];
  }

  #keep(scrolled: number): void {
    this.choices.set('listed', JSON.stringify(this.listed));
    this.choices.set('wanted', this.wanted);
    this.choices.set('scrolled', scrolled);
  }

  get #rule() {
    return this.funnel.rules.find(({ name }) => name === this.listed.rule);
  }

  get #measure() {
    return this.#rule?.measures.find(({ name }) => name === this.listed.measure);
  }

  /** The one whose documents are listed; undefined where they are of several. */
  get #only() {
    const { measures = [] } = this.#rule ?? {};
    return this.#measure ?? (measures.length === 1 ? measures[0] : undefined);
  }

  /** Of what is so or is not so, and of copies, none is nearer to the threshold than another. */
  get #canBeNear(): boolean {
    const { isOn, needs, findsCopies } = this.#rule ?? {};
    const measure = this.#only;
    return Boolean(isOn && !needs && !findsCopies && measure?.threshold !== undefined && !isYesOrNo(measure));
  }

  get #title(): string {
    const rule = this.#rule?.title ?? '';
    return this.#measure ? `${rule}: ${this.#measure.title}` : rule;
  }

  get #removed(): number {
    return (this.#measure ?? this.#rule)?.removed ?? 0;
  }

  /** Why it removes no document. */
  #nothing(): string {
    const { isOn, needs, left, reading } = this.#rule ?? {};
    if (reading) {
      const [done, total] = [formatCount(reading.done), formatCount(reading.total)];
      return t('The model has read {0} of {1} documents, and it removes none of these.', done, total);
    }
    if (needs === 'questions') return t('There is no file of questions yet: it removes no document.');
    if (needs === 'model') return t('The model has read nothing yet: it removes no document.');
    if (isOn) return t('With these thresholds it removes no document.');
    if (this.wouldRemove === undefined) return t('It is off.');
    return t(
      'It is off. Switched on, it would remove {0} of the {1} documents that the rules before it leave.',
      formatCount(this.wouldRemove),
      formatCount(left ?? 0),
    );
  }

  /** Documents of one measure follow those of another. */
  #heading({ reason }: RemovedDocument, before: RemovedDocument | undefined): TemplateResult | typeof nothing {
    if (this.#measure || reason === before?.reason || this.#rule?.measures.length === 1) return nothing;
    return html`<li class="heading">${this.#rule?.measures.find(({ name }) => name === reason)?.title}</li>`;
  }

  #line({ index, beginning, reason, measured, threshold }: RemovedDocument, isChosen: boolean): TemplateResult {
    const measure = this.#rule?.measures.find(({ name }) => name === reason);
    const number = measure && !isYesOrNo(measure) ? measuredBeside(measured, threshold, measure.draw) : '';
    return html`<li><button aria-current=${isChosen} @click=${() => this.dispatchEvent(new CustomEvent('document', { detail: index }))}>
      <span class="index number">${formatCount(index + 1)}</span><span class="beginning">${beginning || t('(nothing)')}</span><span class="number">${number}</span>
    </button></li>`;
  }

  /** What is listed, asked for once at a time. */
  async #ask(): Promise<void> {
    const { listed, wanted } = this;
    const measure = this.order === 'near' && this.#canBeNear ? this.#only?.name : undefined;
    const asked = JSON.stringify([listed, wanted, measure, this.funnel.revision]);
    if (this.#isAsking || asked === this.#asked) return;
    this.#isAsking = true;
    this.#asked = asked;
    try {
      this.near = measure === undefined ? undefined : await this.host.nearThreshold({ measure, count: NEAR });
      if (measure === undefined) this.documents = await this.host.removed({ ...listed, from: 0, count: wanted });
      const isOff = this.#rule && !this.#rule.isOn && !this.#rule.needs;
      this.wouldRemove = isOff ? await this.host.wouldRemove(listed.rule) : undefined;
    } finally {
      this.#isAsking = false;
      this.requestUpdate();
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-removed-documents': RemovedDocumentsElement;
  }
}
