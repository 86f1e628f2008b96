import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { PartTimes } from '../../../../src/shared/part-times-api';
import { tokenCount } from '../../../kit/count-text';
import { StoppableWork } from '../../../kit/stoppable-work';
import { base } from '../../../kit/styles';
import { button } from '../../../kit/toolkit';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import { timeText } from './time-text';

/** Seconds of measuring after which it is told how long the rest takes. */
const ESTIMATED_FROM = 2;

/** Measures on this machine what the text takes, part by part, when somebody asks for it. Event: `measured` with the times. */
@customElement('vt-measured-times')
export class MeasuredTimesElement extends StoreElement {
  readonly #work = new StoppableWork(() => this.requestUpdate());
  #task = 0;
  /** How far it was when it was first heard of: sessions are started before. */
  #first: { at: number; done: number } | undefined;

  static override styles = [
    base,
    css`
      :host { display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center; }
      progress { width: 120px; }
    `,
  ];

  override render(): TemplateResult {
    const read = this.store.subject?.read;
    const isReady = read !== undefined && read.ids.length > 0 && this.store.state.reading.kind === 'ready';
    const { failure, isRunning } = this.#work;
    return html`${isRunning ? this.#progress() : button(t('Measure'), () => this.#measure(), { isDisabled: !isReady })}
      <span class="dim">${
        isReady
          ? t(
              'reads the text as it is, {0}, and writes one more, several times, and takes the time of every part',
              tokenCount(read.ids.length),
            )
          : t('Inspect a text first: its own time is measured.')
      }</span>
      ${failure === '' ? nothing : html`<span role="alert">${failure}</span>`}`;
  }

  #progress(): TemplateResult {
    const { done, total } = this.store.progressOf(this.#task) ?? {};
    const text = t('Measuring …');
    const left = this.#secondsLeft(done, total);
    return html`<span role="status">${text}</span>
      <progress max=${total ?? nothing} value=${done ?? nothing} aria-label=${text}></progress>
      ${left > 0 ? html`<span class="number">${t('{0} left at most', timeText(Math.ceil(left)))}</span>` : nothing}
      ${button(t('Cancel'), () => this.#work.stop())}`;
  }

  /** 0 while nobody knows. */
  #secondsLeft(done = 0, total = 0): number {
    if (done === 0) return 0;
    this.#first ??= { at: performance.now(), done };
    const seconds = (performance.now() - this.#first.at) / 1000;
    return seconds > ESTIMATED_FROM && done > this.#first.done
      ? (seconds * (total - done)) / (done - this.#first.done)
      : 0;
  }

  #measure(): Promise<void> {
    return this.#work.run(async (signal) => {
      const { trace } = this.store.subject?.read ?? {};
      if (trace === undefined) return;
      const began = (task: number) => {
        this.#task = task;
        this.#first = undefined;
      };
      const detail = { trace, times: await this.store.lenses.partTimes({ trace }, { signal, began }) };
      if (!signal.aborted) this.dispatchEvent(new CustomEvent('measured', { detail }));
    });
  }
}

/** What a trace's text took. */
export interface Measured {
  trace: number;
  times: PartTimes;
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-measured-times': MeasuredTimesElement;
  }
  interface HTMLElementEventMap {
    measured: CustomEvent<Measured>;
  }
}
