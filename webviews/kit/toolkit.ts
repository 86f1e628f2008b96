/**
 * The controls that look and act as the editor's own, and the only module that knows where they come from: the toolkit is
 * archived, and can be replaced here. Views put these functions into their templates, by two rules:
 *
 * - What a person does comes as a call, with the new value as its argument. Nobody reads a control to know its state, and
 *   nobody turns over what was there before.
 * - What the program sets calls nobody. Some controls of the toolkit send an event for that too, so that a value that was
 *   set is not passed on.
 */
import { provideVSCodeDesignSystem, vsCodeButton, vsCodeTextArea, vsCodeTextField } from '@vscode/webview-ui-toolkit';
import { html, nothing, type TemplateResult } from 'lit';

provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeTextArea(), vsCodeTextField());

interface ButtonOptions {
  /** Of several the one that is offered first. */
  isPrimary?: boolean;
  isDisabled?: boolean;
}

export function button(
  label: string,
  press: () => unknown,
  { isPrimary = false, isDisabled = false }: ButtonOptions = {},
): TemplateResult {
  const appearance = isPrimary ? 'primary' : 'secondary';
  return html`<vscode-button appearance=${appearance} ?disabled=${isDisabled} @click=${() => void press()}>${label}</vscode-button>`;
}

interface TextOptions {
  label: string;
  /** What is in it; left to the person where undefined. */
  value?: string;
  placeholder?: string;
  isReadonly?: boolean;
  /** Called with the whole text when a person has changed it. */
  typed(text: string): void;
}

/** One line. Its class is `text-field`. @param columns how wide it is, in characters */
export function textField(options: TextOptions, columns?: number): TemplateResult {
  const { label, value, placeholder, isReadonly = false } = options;
  return html`<vscode-text-field
    class="text-field"
    .value=${value ?? nothing}
    placeholder=${placeholder ?? nothing}
    size=${columns ?? nothing}
    ?readonly=${isReadonly}
    @input=${(event: Event) => passOn(event, options)}
    >${label}</vscode-text-field
  >`;
}

/** Several lines. Its class is `text-area`. */
export function textArea(options: TextOptions, rows: number): TemplateResult {
  const { label, value, isReadonly = false } = options;
  return html`<vscode-text-area
    class="text-area"
    .value=${value ?? nothing}
    rows=${rows}
    resize="vertical"
    ?readonly=${isReadonly}
    @input=${(event: Event) => passOn(event, options)}
    >${label}</vscode-text-area
  >`;
}

function passOn({ target }: Event, { value, typed }: TextOptions): void {
  const text = (target as HTMLInputElement).value;
  if (text !== value) typed(text);
}
