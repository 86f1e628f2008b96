import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { messageOf } from '../../../../src/shared/errors';
import { STEERING_START, steeringRange } from '../../../../src/shared/steering';
import '../../../kit/choice';
import { base } from '../../../kit/styles';
import { button, textArea } from '../../../kit/toolkit';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import {
  directionName,
  EXAMPLE,
  KINDS,
  kindLabel,
  linesOf,
  methodOf,
  setMethod,
  setTexts,
  textsOfKind,
} from './steering-texts';

const ROWS = 5;

/** Texts of two kinds, and what finds a direction between them: the model is then steered by it. */
@customElement('vt-direction-form')
export class DirectionFormElement extends StoreElement {
  /** The task that looks for a direction. */
  @state() private accessor task: number | undefined;
  /** What became of it, or of a file. */
  @state() private accessor said = '';

  static override styles = [
    base,
    css`
      :host { container-type: inline-size; }
      form { display: grid; gap: 8px 16px; }
      @container (min-width: 560px) {
        form { grid-template-columns: repeat(2, minmax(0, 1fr)); }
        .wide { grid-column: 1 / -1; }
      }
      .text-area { width: 100%; }
      .row { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
      progress { flex: 1 1 80px; max-width: 240px; }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#cancel();
  }

  override render(): TemplateResult {
    const { viewState } = this.store;
    return html`<form @submit=${(event: Event) => event.preventDefault()}>
      ${KINDS.map((kind) =>
        textArea(
          {
            label: kindLabel(kind),
            value: textsOfKind(viewState, kind),
            typed: (text) => {
              setTexts(viewState, kind, text);
              this.requestUpdate();
            },
          },
          ROWS,
        ),
      )}
      <div class="row wide">
        <vt-choice
          label=${t('How the direction is found')}
          .options=${[
            { value: 'mean', label: t('difference of the means') },
            {
              value: 'pca',
              label: t('principal component'),
              title: t(
                'As repeng finds it: the direction in which the differences of pairs vary most. It takes many pairs, line by line.',
              ),
            },
          ]}
          .value=${methodOf(viewState)}
          @choose=${({ detail }: CustomEvent<string>) => {
            setMethod(viewState, detail);
            this.requestUpdate();
          }}
        ></vt-choice>
        ${this.task === undefined ? this.#actions() : this.#progress(this.task)}
      </div>
      <p class="wide" role="status">${this.said}</p>
    </form>`;
  }

  #actions(): TemplateResult {
    const { viewState } = this.store;
    const isEmpty = KINDS.every((kind) => textsOfKind(viewState, kind) === '');
    return html`
      ${button(t('Find direction'), () => this.#find(), { isPrimary: true, isDisabled: isEmpty })}
      ${isEmpty ? button(t('Take an example'), () => this.#takeExample()) : nothing}
      ${button(t('Load…'), () => this.#load())}
    `;
  }

  #progress(task: number): TemplateResult {
    const { done = 0, total = 1 } = this.store.progressOf(task) ?? {};
    return html`<progress max=${total} value=${done} aria-label=${t('Reading the texts')}></progress>
      ${button(t('Cancel'), () => this.#cancel())}`;
  }

  #takeExample(): void {
    for (const kind of KINDS) setTexts(this.store.viewState, kind, EXAMPLE[kind].join('\n'));
    this.requestUpdate();
  }

  async #find(): Promise<void> {
    const { host, viewState } = this.store;
    const [positive, negative] = KINDS.map((kind) => linesOf(textsOfKind(viewState, kind))) as [string[], string[]];
    const task = this.store.newTask();
    this.task = task;
    this.said = '';
    try {
      const found = await host.directions({ task, positive, negative, method: methodOf(viewState) });
      const { values: direction, separations } = found;
      const range = steeringRange(direction, separations);
      await host.steer({
        name: directionName(positive, negative),
        direction,
        coefficient: STEERING_START * range,
        range,
      });
    } catch (error) {
      // Whoever has cancelled it knows.
      if (this.task === task) this.said = messageOf(error);
    } finally {
      if (this.task === task) this.task = undefined;
    }
  }

  async #load(): Promise<void> {
    this.said = await this.store.host.loadControlVector().then((note) => note ?? '', messageOf);
  }

  #cancel(): void {
    if (this.task === undefined) return;
    void this.store.host.cancel({ task: this.task });
    this.task = undefined;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-direction-form': DirectionFormElement;
  }
}
