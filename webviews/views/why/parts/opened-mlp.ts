import { Task } from '@lit/task';
import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cssColour } from '../../../../src/display/colour-scale';
import { formatCount } from '../../../../src/display/numbers';
import type { Neuron, Neurons } from '../../../../src/shared/why-api';
import { candidateLabels } from '../../../kit/candidate-label';
import { styled } from '../../../kit/styled';
import { base } from '../../../kit/styles';
import '../../../kit/term';
import { t } from '../../../l10n';
import type { ViewStore } from '../../../store/view-store';
import { formatSigned, formatSignedNats } from './numbers';

/** An MLP opened into its strongest neurons, with the words that each promotes and suppresses. */
@customElement('vt-opened-mlp')
export class OpenedMlpElement extends LitElement {
  @property({ attribute: false }) accessor store!: ViewStore;
  @property({ type: Number }) accessor layer = 0;
  @property({ attribute: false }) accessor neurons!: Neurons;
  /** Changes with the theme. */
  @property({ attribute: false }) accessor scale: unknown;

  static override styles = [
    base,
    css`
      ol { list-style: none; margin: 0; padding: 0; }
      li { display: grid; grid-template-columns: minmax(64px, auto) minmax(40px, 1fr) 48px; gap: 0 8px; align-items: center; padding: 3px 0; border-bottom: 1px solid color-mix(in srgb, currentcolor 10%, transparent); }
      .track { position: relative; height: 14px; }
      .track i { position: absolute; top: 2px; height: 10px; min-width: 1px; }
      .track .zero { left: 50%; top: 0; height: 14px; border-left: 1px solid color-mix(in srgb, currentcolor 45%, transparent); }
      .value { text-align: end; }
      .words { grid-column: 1 / -1; font-size: 0.9em; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      .words span { font-family: var(--mono); white-space: pre; }
      .words bdi + bdi::before { content: ' '; }
    `,
  ];

  readonly #labels = new Task(this, {
    args: () => [this.neurons],
    task: ([neurons]) =>
      candidateLabels(
        this.store.lenses,
        neurons.strongest.flatMap(({ promotes, suppresses }) => [...promotes, ...suppresses]),
      ),
  });

  override render(): TemplateResult {
    const { strongest, count, bias, remainder } = this.neurons;
    const end = Math.max(1e-9, ...strongest.map(({ value }) => Math.abs(value)));
    const listed = strongest.reduce((sum, { value }) => sum + value, 0);
    const others = this.neurons.total - bias - remainder - listed;
    return html`<ol aria-label=${t('The strongest neurons')}>${strongest.map((neuron) => this.#row(neuron, end))}</ol>
      <p class="dim number">
        ${t('These {0} together {1}; the other {2} neurons {3}.', strongest.length, formatSigned(listed), formatCount(count - strongest.length), formatSigned(others))}
        ${bias === 0 ? nothing : t('The bias brings {0}.', formatSigned(bias))}
        ${t('Remainder {0}.', formatSigned(remainder))}
      </p>
      <p class="dim"><vt-term name="neuronWords">${t('What are these words?')}</vt-term></p>`;
  }

  #row({ expert, neuron, activation, value, promotes, suppresses }: Neuron, end: number): TemplateResult {
    const share = (50 * Math.abs(value)) / end;
    const colour = cssColour(this.store.theme.differenceMark(value > 0 ? -1 : 1));
    const name =
      expert === undefined ? `${this.layer}.${neuron}` : t('{0}, expert {1}', `${this.layer}.${neuron}`, expert);
    return html`<li title=${t('activation {0}', formatSigned(activation))}>
      <span class="number">${name}</span>
      <span class="track"><i ${styled({ left: value > 0 ? '50%' : `${50 - share}%`, width: `${share}%`, 'background-color': colour })}></i><i class="zero"></i></span>
      <span class="value number" title=${formatSignedNats(value)}>${formatSigned(value)}</span>
      ${this.#words('▲', t('promotes'), promotes)}${this.#words('▽', t('suppresses'), suppresses)}
    </li>`;
  }

  #words(mark: string, label: string, ids: Uint32Array): TemplateResult {
    return html`<span class="words"><span class="dim" role="img" aria-label=${label} title=${label}>${mark}</span> <span>${Array.from(ids, (id) => html`<bdi>${this.#labels.value?.get(id) ?? '…'}</bdi>`)}</span></span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-opened-mlp': OpenedMlpElement;
  }
}
