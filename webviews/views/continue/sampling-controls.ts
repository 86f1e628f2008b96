import { css, html, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { base } from '../../kit/styles';
import '../../kit/term';
import { StoreElement } from '../../store/store-element';
import { CONTROL_NAMES, CONTROLS, type ControlName, controlText, controlValue, setControl } from './controls';

/** Temperature, top-k, top-p and min-p, each moved by hand. Event: `control-change`. */
@customElement('vt-sampling-controls')
export class SamplingControlsElement extends StoreElement {
  static override styles = [
    base,
    css`
      :host { container-type: inline-size; }
      section { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 8px 16px; }
      @container (min-width: 528px) {
        section { grid-template-columns: repeat(4, minmax(0, 1fr)); }
      }
      div { display: grid; grid-template-columns: 1fr auto; column-gap: 8px; }
      output { font-variant-numeric: tabular-nums; }
      input { grid-column: 1 / -1; width: 100%; margin: 0; accent-color: var(--vscode-textLink-foreground); }
    `,
  ];

  override render(): TemplateResult {
    return html`<section>${CONTROL_NAMES.map((name) => this.#control(name))}</section>`;
  }

  #control(name: ControlName): TemplateResult {
    const { term, label, values } = CONTROLS[name];
    const value = controlValue(this.store.viewState, name);
    const text = controlText(name, value);
    const move = (event: Event) => {
      const index = Number((event.target as HTMLInputElement).value);
      setControl(this.store.viewState, name, values[index] ?? value);
      this.requestUpdate();
      this.dispatchEvent(new CustomEvent('control-change', { bubbles: true, composed: true }));
    };
    return html`<div>
      <vt-term name=${term}>${label()}</vt-term>
      <output for=${name}>${text}</output>
      <input
        id=${name}
        type="range"
        min="0"
        max=${values.length - 1}
        .value=${`${Math.max(0, values.indexOf(value))}`}
        aria-label=${label()}
        aria-valuetext=${text}
        @input=${move}
      />
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-sampling-controls': SamplingControlsElement;
  }
  interface HTMLElementEventMap {
    'control-change': CustomEvent<undefined>;
  }
}
