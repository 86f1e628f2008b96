import { Task } from '@lit/task';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatLogprobShort, formatProbabilityShort, LEAST_SHARE } from '../../../src/display/numbers';
import { LISTED_ALTERNATIVES } from '../../../src/shared/alternatives';
import type { Bar } from '../../kit/bars';
import '../../kit/bars';
import { candidateLabels } from '../../kit/candidate-label';
import { moreProbable } from '../../kit/count-text';
import { probabilityScaleEnd } from '../../kit/probability-scale';
import { StoppableWork } from '../../kit/stoppable-work';
import { base } from '../../kit/styles';
import { t } from '../../l10n';
import type { ViewStore } from '../../store/view-store';
import type { Place } from './place';

/** The most probable tokens of a place, and the one that stands there. Event: `bar-select` with the id of a token to put there. */
@customElement('vt-expected-tokens')
export class ExpectedTokensElement extends LitElement {
  @property({ attribute: false }) accessor store!: ViewStore;
  @property({ attribute: false }) accessor place!: Place;
  readonly #labels = new Map<number, string>();
  readonly #naming = new StoppableWork(() => this.requestUpdate());

  static override styles = [
    base,
    css`
      .others { display: flex; justify-content: space-between; gap: 8px; max-width: none; margin-top: 4px; color: var(--dim); }
      p button { padding: 0; font: inherit; color: var(--vscode-textLink-foreground); background: none; border: 0; cursor: pointer; }
      p button:hover { text-decoration: underline; }
      p button:disabled { color: var(--dim); cursor: default; text-decoration: none; }
    `,
  ];

  /** Labels that are known are kept: a pointer that moves on leaves no gaps. */
  #ask = new Task(this, {
    args: () => [[...this.place.candidates.map(({ id }) => id), this.place.id].join()],
    task: async ([ids]) => {
      const labels = await candidateLabels(this.store.lenses, ids.split(',').map(Number));
      for (const [id, label] of labels) this.#labels.set(id, label);
      return labels;
    },
  });

  override render(): TemplateResult {
    return html`<vt-bars
        ?selectable=${this.store.isLive}
        label=${t('The most probable tokens')}
        .end=${this.#scaleEnd}
        .bars=${this.#bars()}
        .theme=${this.store.theme}
      ></vt-bars>
      ${this.#others()}
      ${this.#ask.error instanceof Error ? html`<p>${this.#ask.error.message}</p>` : nothing}`;
  }

  get #scaleEnd(): number {
    return probabilityScaleEnd(Math.exp(this.place.candidates[0]?.logprob ?? 0));
  }

  #bars(): Bar[] {
    const { candidates, id, logprob } = this.place;
    const end = this.#scaleEnd;
    const bar = (candidate: { id: number; logprob: number }, isThere: boolean): Bar => ({
      id: candidate.id,
      label: isolate(this.#labels.get(candidate.id) ?? '…'),
      share: Math.exp(candidate.logprob) / end,
      text: formatLogprobShort(candidate.logprob),
      title: this.#title(candidate, isThere),
      hue: 'warm',
      marked: isThere,
    });
    const bars = candidates.map((candidate) => bar(candidate, candidate.id === id));
    if (bars.some(({ marked }) => marked)) return bars;
    return [...bars, { ...bar({ id, logprob }, true), ...this.#gap() }];
  }

  /** What is between the most probable tokens and the one that stands there. */
  #gap(): Pick<Bar, 'gap'> {
    const { candidates, rank, rankLimit = Number.POSITIVE_INFINITY } = this.place;
    if (candidates.length === 0) return {};
    if (rank >= rankLimit) return { gap: t('not among the {0} most probable', rankLimit) };
    const between = rank - candidates.length;
    return between > 0 ? { gap: moreProbable(between) } : {};
  }

  /** What is left for tokens that have no bar; nothing where no token is named. */
  #others(): TemplateResult | typeof nothing {
    const { candidates, id, logprob } = this.place;
    const isListed = candidates.some((candidate) => candidate.id === id);
    const shown = [...candidates.map((candidate) => candidate.logprob), ...(isListed ? [] : [logprob])];
    const others = 1 - shown.reduce((sum, one) => sum + Math.exp(one), 0);
    if (candidates.length === 0)
      return html`<p class="dim">${t('The server does not say which tokens it expected here.')}</p>`;
    if (others < LEAST_SHARE) return nothing;
    return html`<p class="others number"><span>${t('all other tokens together')}</span><span>${formatProbabilityShort(others)}</span></p>
      ${this.#more()}`;
  }

  /** Where the model names more than it was asked for with the text. */
  #more(): TemplateResult | typeof nothing {
    const { store, place } = this;
    const { isRunning, failure } = this.#naming;
    const most = Math.min(LISTED_ALTERNATIVES, store.state.model?.capabilities.mostAlternatives ?? 0);
    if (!store.isLive || place.candidates.length >= most) return nothing;
    const title = t('The server reads the text once more for them.');
    const ask = () => void this.#naming.run(() => store.nameMore());
    return html`<p class="no-picture"><button title=${title} ?disabled=${isRunning} @click=${ask}>${t('Show the {0} most probable', most)}</button> ${failure}</p>`;
  }

  #title({ id, logprob }: { id: number; logprob: number }, isThere: boolean): string {
    const said = t('id {0}, probability {1}', id, Math.exp(logprob));
    if (isThere) return `${said}. ${t('It stands here.')}`;
    return this.store.isLive ? `${said}. ${t('Click to put it here.')}` : said;
  }
}

/** A text from right to left does not turn what stands beside it. */
function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-expected-tokens': ExpectedTokensElement;
  }
}
