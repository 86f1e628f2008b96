import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatCount, formatProbability } from '../../../src/display/numbers';
import { messageOf } from '../../../src/shared/errors';
import type { ClusterMembers, DocumentPair, FunnelHost } from '../../../src/shared/funnel-page-api';
import { OneStop } from '../../kit/one-stop';
import { base } from '../../kit/styles';
import { t } from '../../l10n';
import { markedStyles, markedText } from './marked-text';

/** Documents that are the same or nearly, and two of them side by side with what stands only in one of them marked. */
@customElement('vt-duplicate-cluster')
export class DuplicateClusterElement extends LitElement {
  @property({ attribute: false }) accessor host!: FunnelHost;
  /** The document that is looked at. */
  @property({ type: Number }) accessor index = 0;
  @property({ attribute: false }) accessor cluster!: ClusterMembers;
  /** Whether they do not differ at all. */
  @property({ attribute: false }) accessor isSame = false;
  /** The member that it is held against. */
  @state() accessor against: number | undefined;
  @state() accessor pair: DocumentPair | undefined;
  @state() accessor problem = '';
  readonly #stop = new OneStop(this, 'li button');

  static override styles = [
    base,
    markedStyles,
    css`
      :host { margin-top: 8px; }
      ul { max-height: 132px; margin: 0; padding: 0; list-style: none; overflow-y: auto; }
      button { display: grid; grid-template-columns: 56px minmax(0, 1fr) auto; gap: 0 8px; width: 100%; padding: 2px 0; font: inherit; color: inherit; text-align: start; background: none; border: 0; cursor: pointer; }
      button:hover { background: var(--vscode-list-hoverBackground); }
      button[aria-pressed='true'] { color: var(--vscode-list-inactiveSelectionForeground, inherit); background: var(--vscode-list-inactiveSelectionBackground); outline: 1px solid var(--vscode-contrastActiveBorder, transparent); outline-offset: -1px; }
      button:focus-visible { outline: 1px solid var(--accent); outline-offset: -1px; }
      .index { text-align: end; }
      .beginning { overflow: hidden; white-space: nowrap; text-overflow: ellipsis; }
      .sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 280px), 1fr)); gap: 8px 16px; margin-top: 8px; }
      h3 { margin: 0; font-size: inherit; font-weight: 600; }
    `,
  ];

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('index') && !changed.has('cluster') && !changed.has('against')) return;
    if (changed.has('index')) this.against = undefined;
    const { kept, members } = this.cluster;
    const other =
      this.against ?? (kept === this.index ? undefined : kept) ?? members.find((member) => member !== this.index);
    if (other !== undefined) void this.#compare(other);
  }

  override render(): TemplateResult {
    const { members, size, kept } = this.cluster;
    const count = this.isSame
      ? t('{0} documents are the same', formatCount(size))
      : t('{0} documents are nearly the same', formatCount(size));
    const part = members.length < size ? t('{0}; the first {1}', count, formatCount(members.length)) : count;
    return html`<h3 class="number">${part}</h3>
      <ul aria-label=${count} @focusin=${this.#stop.focused} @keydown=${this.#stop.keyPressed}>
        ${members.map((member, i) => this.#member(member, this.cluster.beginnings[i] ?? '', member === kept))}
      </ul>
      ${this.problem ? html`<p role="alert">${this.problem}</p>` : nothing}
      ${this.pair ? this.#sides(this.pair) : nothing}`;
  }

  #member(member: number, beginning: string, isKept: boolean): TemplateResult {
    const note = isKept ? t('stays') : member === this.index ? t('this one') : '';
    return html`<li><button aria-pressed=${member === this.pair?.right.index} @click=${() => (this.against = member)}>
      <span class="index number">${formatCount(member + 1)}</span><span class="beginning">${beginning}</span><span>${note}</span>
    </button></li>`;
  }

  #sides({ left, right, alike }: DocumentPair): TemplateResult {
    if (left.text === right.text) {
      return html`<p class="dim">${t('Both texts are the same.')}</p>${markedText(left.text, [])}`;
    }
    return html`${Number.isNaN(alike) ? nothing : html`<p class="number">${t('Of all sequences of five words in these two, both have about {0} in common.', formatProbability(alike))}</p>`}
      <p class="dim">${t('What stands only in one of both is marked.')}</p>
      <div class="sides">${[left, right].map(({ index, text, spans }) => html`<section aria-label=${t('Document {0}', formatCount(index + 1))}><h3 class="number">${t('Document {0}', formatCount(index + 1))}</h3>${markedText(text, spans)}</section>`)}</div>`;
  }

  async #compare(other: number): Promise<void> {
    const { index } = this;
    try {
      const pair = await this.host.pair({ left: index, right: other });
      if (index !== this.index) return;
      this.pair = pair;
      this.problem = '';
    } catch (error) {
      this.problem = messageOf(error);
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-duplicate-cluster': DuplicateClusterElement;
  }
}
