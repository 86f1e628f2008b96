import { Task } from '@lit/task';
import { css, html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatCount } from '../../../../src/display/numbers';
import { type AnatomyTensor, MOST_SINGULAR_VALUES } from '../../../../src/shared/anatomy-api';
import { messageOf } from '../../../../src/shared/errors';
import { StoppableWork } from '../../../kit/stoppable-work';
import { base } from '../../../kit/styles';
import '../../../kit/term';
import { button } from '../../../kit/toolkit';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import './matrix-picture';
import './singular-curve';

/** The numbers of a tensor of the file: a picture of them, and on demand its singular values. */
@customElement('vt-tensor-values')
export class TensorValuesElement extends StoreElement {
  @property({ attribute: false }) accessor tensor!: AnatomyTensor;
  /** Which matrix of a tensor that holds several, those of experts. */
  @state() private accessor number = 0;
  @state() private accessor singular: Float32Array | undefined;
  #task = 0;
  readonly #work = new StoppableWork(() => this.requestUpdate());
  readonly #image = new Task(this, {
    args: () => [this.tensor.name, this.number] as const,
    task: ([name, number], { signal }) => this.store.lenses.matrixImage({ name, number }, this.#asker(signal)),
  });

  static override styles = [
    base,
    css`
      :host { margin-bottom: 12px; }
      .line { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin: 8px 0; }
      input { accent-color: var(--vscode-textLink-foreground); }
      progress { width: 120px; }
    `,
  ];

  override willUpdate(changed: PropertyValues): void {
    if (!changed.has('tensor') && !changed.has('number')) return;
    this.#work.stop();
    this.singular = undefined;
    if (changed.has('tensor')) this.number = 0;
  }

  override render(): TemplateResult {
    const { theme } = this.store;
    return html`${this.#count > 1 ? this.#choice() : nothing}
      ${this.#image.render({
        pending: () => html`<p class="dim" role="status">${t('Computing …')}</p>`,
        complete: (image) =>
          html`<vt-matrix-picture .image=${image} .theme=${theme} .scale=${theme.differenceMark}></vt-matrix-picture>`,
        error: (error) => html`<p role="alert">${messageOf(error)}</p>`,
      })}
      ${this.tensor.shape.length > 1 ? this.#singularValues() : nothing}`;
  }

  #choice(): TemplateResult {
    const name = t('Expert {0}, of 0 to {1}', formatCount(this.number), formatCount(this.#count - 1));
    return html`<label class="line">
      <input type="range" min="0" max=${this.#count - 1} .value=${`${this.number}`} @change=${({ target }: Event) => {
        this.number = Number((target as HTMLInputElement).value);
      }} />
      <span class="number">${name}</span>
    </label>`;
  }

  #singularValues(): TemplateResult {
    const title = html`<vt-term name="singularValues">${t('singular values')}</vt-term>`;
    if (Math.min(...this.tensor.shape.slice(-2)) > MOST_SINGULAR_VALUES)
      return html`<p class="line dim"><span>${title}: ${t('the matrix is too large for them')}</span></p>`;
    if (this.singular)
      return html`<p class="line dim">${title}</p><vt-singular-curve .values=${this.singular}></vt-singular-curve>`;
    if (this.#work.isRunning) return this.#progress();
    const { failure } = this.#work;
    return html`<div class="line"><span>${title}</span>${button(t('Compute'), () => this.#compute())}
      ${failure ? html`<span role="alert">${failure}</span>` : nothing}</div>`;
  }

  #progress(): TemplateResult {
    const { done, total } = this.store.progressOf(this.#task) ?? {};
    const text = t('Computing …');
    return html`<div class="line"><span role="status">${text}</span>
      <progress max=${total ?? nothing} value=${done ?? nothing} aria-label=${text}></progress>
      ${button(t('Cancel'), () => this.#work.stop())}</div>`;
  }

  #compute(): Promise<void> {
    const { name } = this.tensor;
    return this.#work.run(async (signal) => {
      const values = await this.store.lenses.singularValues({ name, number: this.number }, this.#asker(signal));
      if (!signal.aborted) this.singular = values;
    });
  }

  #asker(signal: AbortSignal) {
    const began = (task: number) => {
      this.#task = task;
    };
    return { signal, began };
  }

  /** How many matrices the tensor holds. */
  get #count(): number {
    return this.tensor.shape.slice(0, -2).reduce((product, size) => product * size, 1);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-tensor-values': TensorValuesElement;
  }
}
