import { Task } from '@lit/task';
import { css, html, nothing, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatRank } from '../../../src/display/bounds';
import { cssColour } from '../../../src/display/colour-scale';
import { formatLogprobShort } from '../../../src/display/numbers';
import type { ComparisonState } from '../../../src/shared/inspector-api';
import { candidateLabels } from '../../kit/candidate-label';
import { barWidth, probabilityScaleEnd } from '../../kit/probability-scale';
import { styled } from '../../kit/styled';
import { base } from '../../kit/styles';
import { subjectTokens } from '../../kit/subject-tokens';
import '../../kit/why-link';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import type { Compared } from './compared';
import { type Guess, type GuessPair, guessesAt, links } from './guesses';
import './place-difference';

const ROW = 28;
/** CSS pixels between both columns, for the lines. */
const GAP = 48;

/** What both models expected at a place, with lines between the same words. */
@customElement('vt-place-pair')
export class PlacePairElement extends StoreElement {
  @property({ attribute: false }) accessor compared!: Compared;
  @property({ attribute: false }) accessor comparison!: ComparisonState;
  @property({ attribute: false }) accessor position: number | undefined;
  readonly #labels = new Map<number, string>();

  static override styles = [
    base,
    css`
      .at { padding: 0 4px; border: 1px solid var(--accent); }
      .columns { display: grid; grid-template-columns: minmax(0, 1fr) ${GAP}px minmax(0, 1fr); margin-bottom: 12px; }
      .name { min-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; color: var(--dim); }
      .name b { color: var(--vscode-editor-foreground); }
      ol { position: relative; list-style: none; margin: 0; padding: 0; font-family: var(--mono); }
      li { position: absolute; inset-inline: 0; height: ${ROW}px; display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 0 6px; align-content: start; line-height: 20px; }
      .label { overflow: hidden; text-overflow: ellipsis; white-space: pre; }
      .value { color: var(--dim); white-space: nowrap; }
      .stands { font-weight: 600; }
      .stands .value { color: inherit; }
      .track { grid-column: 1 / -1; display: flex; height: 4px; background: color-mix(in srgb, currentcolor 8%, transparent); }
      .a .track { justify-content: end; }
      .more { color: var(--dim); font-family: inherit; white-space: nowrap; }
      svg { display: block; width: ${GAP}px; }
      line { stroke: var(--dim); stroke-width: 1; }
      line.stands { stroke: currentcolor; stroke-width: 2; }
    `,
  ];

  /** Labels that are known are kept: a pointer that moves on leaves no gaps. */
  #ask = new Task(this, {
    args: () => [this.#ids().join()],
    task: async ([ids]) => {
      if (ids === '') return;
      for (const [id, label] of await candidateLabels(this.store.lenses, ids.split(',').map(Number)))
        this.#labels.set(id, label);
    },
  });

  override render(): TemplateResult | typeof nothing {
    const { store, position, compared } = this;
    const index = compared.indexOf(position);
    if (position === undefined || index === undefined) return nothing;
    const label = subjectTokens(store.subject)[position]?.label ?? '';
    return html`<h2>${t('What both expected at')} <span class="at mono one-line">${label}</span>${
      position === store.token ? nothing : html`<small>${note(store.token)}</small>`
    }</h2>
      ${this.#columns(guessesAt(compared, index))}
      <vt-place-difference .compared=${compared} .index=${index}></vt-place-difference>
      <p><vt-why-link .store=${store} .position=${position}></vt-why-link></p>
      ${this.#ask.error instanceof Error ? html`<p>${this.#ask.error.message}</p>` : nothing}`;
  }

  #ids(): number[] {
    const index = this.compared.indexOf(this.position);
    if (index === undefined) return [];
    const { a, b } = guessesAt(this.compared, index);
    return [...new Set([...a, ...b].map(({ id }) => id))].sort((one, other) => one - other);
  }

  #columns(pair: GuessPair): TemplateResult {
    const end = probabilityScaleEnd(Math.exp(Math.max(pair.a[0]?.logprob ?? 0, pair.b[0]?.logprob ?? 0)));
    const { a, b } = this.comparison;
    const y = ({ row }: Guess) => row * ROW + 12;
    return html`<div class="columns">
      <span class="name" title=${a.label}><b>A</b> ${a.label}</span><span></span>
      <span class="name" title=${b.label}><b>B</b> ${b.label}</span>
      ${this.#list('a', pair, end)}
      <svg height=${pair.rows * ROW} aria-hidden="true">${links(pair).map(
        ({ from, to }) =>
          svg`<line class=${from.stands ? 'stands' : ''} x1="4" y1=${y(from)} x2=${GAP - 4} y2=${y(to)}></line>`,
      )}</svg>
      ${this.#list('b', pair, end)}
    </div>`;
  }

  #list(side: 'a' | 'b', pair: GuessPair, end: number): TemplateResult {
    const label = side === 'a' ? t('The most probable tokens of A') : t('The most probable tokens of B');
    return html`<ol class=${side} aria-label=${label} ${styled({ height: `${pair.rows * ROW}px` })}>
      ${pair[side].map((guess) => this.#guess(guess, pair[side], end))}
    </ol>`;
  }

  #guess(guess: Guess, all: readonly Guess[], end: number): TemplateResult {
    const { id, logprob, rank, rankLimit, stands, row } = guess;
    const label = this.#labels.get(id) ?? '…';
    const isFar = row !== all.indexOf(guess);
    const colour = cssColour(this.store.theme.greyMark(1));
    return html`<li
      class=${stands ? 'stands' : ''}
      title=${t('id {0}, probability {1}, rank {2}', id, Math.exp(logprob), formatRank(rank, rankLimit))}
      ${styled({ top: `${(isFar ? row - 0.6 : row) * ROW}px`, height: isFar ? `${1.6 * ROW}px` : `${ROW}px` })}
    >
      ${isFar ? html`<span class="more number">⋮ ${t('rank {0}', formatRank(rank, rankLimit))}</span><span></span>` : nothing}
      <span class="label">\u2068${label}\u2069${stands ? html`<span role="img" aria-label=${t('It stands here.')}> ◂</span>` : nothing}</span>
      <span class="value number">${formatLogprobShort(logprob)}</span>
      <span class="track"><i ${styled({ width: barWidth(Math.exp(logprob), end), 'background-color': colour })}></i></span>
    </li>`;
  }
}

/** Why another place is shown than what is chosen. */
function note(chosen: number | undefined): string {
  return chosen === undefined
    ? t('where they differ most; choose another in the text')
    : t('where they differ most; nothing predicts the chosen token');
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-place-pair': PlacePairElement;
  }
}
