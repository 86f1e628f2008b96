import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { AttentionPattern } from '../../../src/shared/engine-api';
import { tokenCount } from '../../kit/count-text';
import { base } from '../../kit/styles';
import { shownRuns } from '../../kit/subject-tokens';
import { button } from '../../kit/toolkit';
import '../../kit/term';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import './attention-arcs';
import './attention-matrix';
import { type AttentionScope, nameOf } from './attention-scope';
import type { Question } from './attention-source';
import { layerNotes } from './layer-notes';
import { reachOf } from './reach';
import type { RowWeights } from './row-weights';

/** The attention that is looked at, as a matrix or as arcs. Events: `cancel-rollout`, `ask-again`. */
@customElement('vt-attention-picture')
export class AttentionPictureElement extends StoreElement {
  @property({ attribute: false }) accessor scope!: AttentionScope;
  @property({ attribute: false }) accessor answered:
    | { question: Question; value: AttentionPattern | undefined }
    | undefined;
  @property({ attribute: false }) accessor row: RowWeights | undefined;
  @property({ attribute: false }) accessor rolloutTask: number | undefined;
  /** Why this head is shown where nobody has chosen one: a sentence. */
  @property() accessor opening = '';
  @property({ type: Boolean }) accessor pending = false;
  /** Whether it cannot be had, of which the view says why. */
  @property({ type: Boolean }) accessor failed = false;
  /** Whether somebody stopped it. */
  @property({ type: Boolean }) accessor cancelled = false;

  static override styles = [
    base,
    css`
      :host { min-width: 0; container-type: inline-size; }
      /* What is chosen is in view with its arcs: what the bar, the text and the controls leave of the page's height is theirs. */
      .arcs {
        --around: calc(var(--bar-height, 36px) + var(--strip-height, 33vh) + var(--toolbar-height, 36px) + var(--notice-height, 0px) + 16px);
        display: flex;
        flex-direction: column;
        max-height: max(240px, 100vh - var(--around));
      }
      .arcs > * { flex: none; }
      .arcs > vt-attention-arcs { flex: 0 1 auto; min-height: 0; }
      .late { opacity: 0.6; }
      .opening { margin-top: 8px; }
      .line { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; margin-bottom: 8px; }
      progress { width: 120px; }
      /* Its parts stand apart: a dot between them would begin a line, or stand alone on one. */
      .notes { display: flex; flex-wrap: wrap; gap: 0 1em; margin-bottom: 8px; color: var(--dim); }
    `,
  ];

  override render(): TemplateResult {
    const isArcs = this.store.viewState.get<string>('attention.picture', 'matrix') === 'arcs';
    return html`<div class=${isArcs ? 'arcs' : ''}>
        <h2>${nameOf(this.scope)} <small>${this.#explanation(isArcs)}</small></h2>
        ${this.#layerNotes()}
        ${this.#progress()}
        ${isArcs ? this.#arcs() : this.#matrix()}
      </div>
      ${this.opening ? html`<p class="opening dim">${this.opening}</p>` : nothing}`;
  }

  #layerNotes(): TemplateResult | typeof nothing {
    const layer = this.scope.kind === 'rollout' ? undefined : this.store.state.model?.layers[this.scope.layer];
    const notes = layer ? layerNotes(layer) : [];
    if (notes.length === 0) return nothing;
    return html`<p class="notes">
      ${t('Layer {0}:', this.scope.layer)}
      ${notes.map(({ term, text }) => html`<vt-term name=${term}>${text}</vt-term>`)}
    </p>`;
  }

  #explanation(isArcs: boolean): string {
    if (this.scope.kind === 'rollout') return t('how much of each input reaches a token, by attention alone');
    if (isArcs) return t('left the token that looks, right what it sees');
    const selected = shownRuns(this.store.subject).reduce((sum, { from, to }) => sum + to - from, 0);
    const explained = t('a row a token that looks, a column a token it sees');
    return selected > 0 ? `${explained}; ${t('outlined what is selected: {0}', tokenCount(selected))}` : explained;
  }

  #matrix(): TemplateResult {
    const { store, answered } = this;
    if (!answered) return html`<p class="dim">${this.cancelled || this.failed ? '' : t('Asking the model …')}</p>`;
    if (!answered.value) {
      return html`<p>${t('The rollout of a long text is followed for one token at a time: choose a token, and look at the text above or at the arcs.')}</p>`;
    }
    return html`<vt-attention-matrix
      class=${this.pending ? 'late' : ''}
      .store=${store}
      .question=${answered.question}
      .pattern=${answered.value}
      .masksSink=${store.state.masksSink}
      .reach=${store.state.model && reachOf(store.state.model, answered.question.scope, answered.question.tokens)}
      .selected=${store.state.selected.token}
      .hovered=${store.hovered}
      .outlined=${shownRuns(store.subject)}
      .scale=${store.theme.mark('blue')}
      @token-hover=${this.#hovered}
      @token-select=${this.#selected}
    ></vt-attention-matrix>`;
  }

  #arcs(): TemplateResult {
    const { store } = this;
    return html`${store.token === undefined ? html`<p class="dim">${t('Choose a token to see where it looks.')}</p>` : nothing}
      <vt-attention-arcs
        .store=${store}
        .row=${this.row}
        .selected=${store.state.selected.token}
        .token=${store.token}
        .scale=${store.theme.mark('blue')}
        @token-hover=${this.#hovered}
        @token-select=${this.#selected}
      ></vt-attention-arcs>`;
  }

  #progress(): TemplateResult | typeof nothing {
    if (this.cancelled) return this.#offer();
    if (this.rolloutTask === undefined || this.scope.kind !== 'rollout') return nothing;
    const { done = 0, total = 1 } = this.store.progressOf(this.rolloutTask) ?? {};
    const text = t('{0} of {1} layers followed', done, total);
    const cancel = () => this.dispatchEvent(new CustomEvent('cancel-rollout'));
    return html`<div class="line" role="status">
      <progress max=${total} value=${done} aria-label=${text}></progress>
      <span class="number">${text}</span>
      ${button(t('Cancel'), cancel)}
    </div>`;
  }

  #offer(): TemplateResult {
    const again = () => this.dispatchEvent(new CustomEvent('ask-again'));
    return html`<div class="line" role="status">
      <span>${t('Cancelled.')}</span>
      ${button(t('Try again'), again)}
    </div>`;
  }

  readonly #hovered = ({ detail }: CustomEvent<number | null>): void => this.store.hover(detail);
  readonly #selected = ({ detail }: CustomEvent<number>): void => this.store.selectToken(detail);
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-attention-picture': AttentionPictureElement;
  }
}
