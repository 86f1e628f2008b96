import { css, html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { LessonStepState } from '../../src/shared/lesson-api';
import { OneStop } from '../kit/one-stop';
import { base } from '../kit/styles';
import { t } from '../l10n';

/** All steps as marks: full where both parts are done, half where one is. Event: `choose` with the step as `detail`. */
@customElement('vt-step-row')
export class StepRowElement extends LitElement {
  @property({ attribute: false }) accessor steps: readonly LessonStepState[] = [];
  @property({ attribute: false }) accessor current = 0;
  readonly #stop = new OneStop(this, 'button');

  static override styles = [
    base,
    css`
      :host { margin-bottom: 8px; }
      div { display: flex; max-width: 400px; }
      button { flex: 1 1 0; min-width: 0; padding: 3px 0; line-height: 0; background: none; border: 1px solid transparent; color: inherit; cursor: pointer; }
      button:hover { background: var(--vscode-list-hoverBackground); }
      button[aria-current='step'] { border-color: var(--accent); }
      svg { width: 10px; height: 10px; overflow: visible; }
      circle { fill: none; stroke: currentcolor; }
      path { fill: currentcolor; }
    `,
  ];

  /** The Tab key comes to the step that is shown. */
  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('current')) this.#stop.stopAt(this.current);
  }

  override render(): TemplateResult {
    return html`<div role="group" aria-label=${t('Steps')} @focusin=${this.#stop.focused} @keydown=${this.#stop.keyPressed}>
      ${this.steps.map((step, i) => {
        const label = `${i + 1}. ${step.title}, ${stateText(step)}`;
        return html`<button title=${label} aria-label=${label} aria-current=${i === this.current ? 'step' : 'false'} @click=${() => this.#choose(i)}>${mark(step)}</button>`;
      })}
    </div>`;
  }

  #choose(step: number): void {
    this.dispatchEvent(new CustomEvent('choose', { detail: step }));
  }
}

function stateText({ isDone, isAnswered }: LessonStepState): string {
  if (isDone && isAnswered) return t('done');
  return isDone || isAnswered ? t('begun') : t('still to do');
}

function mark({ isDone, isAnswered }: LessonStepState): TemplateResult {
  const half = 'M5 0.5 A4.5 4.5 0 0 0 5 9.5 Z';
  const whole = 'M5 0.5 A4.5 4.5 0 0 0 5 9.5 A4.5 4.5 0 0 0 5 0.5 Z';
  const shape = isDone && isAnswered ? whole : isDone || isAnswered ? half : '';
  return html`<svg viewBox="0 0 10 10" aria-hidden="true"><circle cx="5" cy="5" r="4.5" /><path d=${shape} /></svg>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-step-row': StepRowElement;
  }
}
