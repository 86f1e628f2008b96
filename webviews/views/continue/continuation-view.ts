import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { cssColour } from '../../../src/display/colour-scale';
import { formatLogprob } from '../../../src/display/numbers';
import { bitsOf, surprisalShare } from '../../../src/display/scales';
import { messageOf } from '../../../src/shared/errors';
import type { HasTables, Table } from '../../export/table';
import { absenceText } from '../../kit/absence';
import '../../kit/language-notice';
import { StoppableWork } from '../../kit/stoppable-work';
import { base } from '../../kit/styles';
import '../../kit/token-text';
import { button } from '../../kit/toolkit';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import { type ContinuationText, type WrittenToken, writeOn } from './continuation-text';
import { seedOf, setSeed } from './controls';
import './half-word';
import './number-field';
import './sampling-controls';
import './text-end';

/** Tokens at once, unless somebody says otherwise; and at most. */
const USUAL_COUNT = 40;
const MOST_COUNT = 500;
const COUNT = 'continue.count';

/** How a text goes on by a model that tells what it writes, and not which tokens it might have written instead. */
@customElement('vt-continuation-view')
export class ContinuationViewElement extends StoreElement implements HasTables {
  @state() private accessor written: ContinuationText | undefined;
  /** What has become of the text that was written. */
  @state() private accessor done = '';
  readonly #writing = new StoppableWork(() => this.requestUpdate());
  /** Of the text that is gone on with. */
  #key = '';

  static override styles = [
    base,
    css`
      :host { display: grid; gap: 12px; padding: 12px 16px; }
      :host > * { min-width: 0; }
      .bar { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
      .end { display: flex; flex-wrap: wrap; gap: 8px; margin-inline-start: auto; }
      section { padding-top: 12px; border-top: 1px solid var(--line); }
      section p { margin-top: 8px; }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#writing.stop();
  }

  /** Another text or another model begins anew. */
  override willUpdate(): void {
    const { subject, state } = this.store;
    const key = `${state.model?.sha256} ${subject?.revision}`;
    if (key === this.#key) return;
    this.#key = key;
    this.#begin();
  }

  override updated(): void {
    this.store.tellShown({ written: this.written?.tokens?.length ?? 0 });
  }

  override render(): TemplateResult | typeof nothing {
    const { store, written } = this;
    const { subject } = store;
    if (!subject) return nothing;
    if (!store.isLive) return html`<p>${t('To continue the text, open it in the editor: that needs the model.')}</p>`;
    return html`<vt-language-notice .store=${store}></vt-language-notice>
      ${this.#bar()}
      <vt-sampling-controls .store=${store}></vt-sampling-controls>
      ${subject.restOfWord ? html`<vt-half-word .store=${store}></vt-half-word>` : nothing}
      <div role="status">${this.#status()}</div>
      <section>
        <h2>${t('The text that results')}</h2>
        <vt-text-end .text=${subject.text} .drawn=${written?.text ?? ''}></vt-text-end>
        ${written?.tokens ? this.#tokens(written.tokens) : nothing}
        <p class="dim">${this.#absence} ${t('So tokens cannot be taken by hand here, and there are no branches: the server draws them all.')}</p>
      </section>`;
  }

  tables(): Table[] {
    const tokens = this.written?.tokens;
    if (!tokens) return [];
    const columns = ['id', 'text', 'logprob'];
    const rows = () => tokens.map(({ id, text, logprob }) => [id, text, logprob]);
    return [{ label: t('Tokens'), name: 'continuation', columns, rows }];
  }

  #bar(): TemplateResult {
    const { store, written } = this;
    const { viewState } = store;
    const isEmpty = !written?.text;
    const set = (change: () => void) => () => {
      change();
      this.requestUpdate();
    };
    return html`<div class="bar">
      ${
        this.#writing.isRunning
          ? button(t('Stop'), () => this.#writing.stop(), { isPrimary: true })
          : button(written ? t('Write on') : t('Write'), () => this.#write(), { isPrimary: true })
      }
      ${button(t('Restart'), () => this.#begin(), { isDisabled: isEmpty })}
      <vt-number-field
        term="token"
        label=${t('tokens')}
        .value=${this.#count}
        .least=${1}
        .most=${MOST_COUNT}
        @number-change=${({ detail }: CustomEvent<number>) => set(() => viewState.set(COUNT, detail))()}
      ></vt-number-field>
      <vt-number-field
        term="seed"
        label=${t('seed')}
        .value=${seedOf(viewState)}
        @number-change=${({ detail }: CustomEvent<number>) => set(() => setSeed(viewState, detail))()}
      ></vt-number-field>
      <span class="end">
        ${button(t('Copy'), () => this.#finish((text) => store.host.copy(text), t('Copied.')), { isDisabled: isEmpty })}
        ${button(t('Insert into the document'), () => this.#finish((text) => store.host.insert(text), t('Inserted after the text. Undo takes it out again.')), { isDisabled: isEmpty })}
      </span>
    </div>`;
  }

  #status(): string {
    if (this.#writing.isRunning) return t('The server writes …');
    if (this.#writing.failure) return this.#writing.failure;
    if (this.done) return this.done;
    return this.written?.isEnded ? t('The model ends the text here.') : '';
  }

  #tokens(tokens: readonly WrittenToken[]): TemplateResult {
    const scale = this.store.theme.heat('warm');
    return html`<p class="dim">${t('Its tokens, the improbable ones stronger:')}</p>
      <vt-token-text
        ?glyphs=${this.store.viewState.get('glyphs', true)}
        label=${t('The tokens that it wrote')}
        .tokens=${tokens.map(({ text, label }) => ({ text, label, sharesCharacter: false, isShown: true }))}
        .paint=${tokens.map(({ logprob }) => ({ background: cssColour(scale(surprisalShare(bitsOf(logprob)))) }))}
        .describe=${(position: number) => t('probability {0}', formatLogprob(tokens[position]?.logprob ?? Number.NaN))}
      ></vt-token-text>`;
  }

  /** Why nothing but the text, or its tokens, is there to see. */
  get #absence(): string | undefined {
    const { model } = this.store.state;
    return absenceText(model, 'hasLogprobs') ?? absenceText(model, 'hasDistributions');
  }

  get #count(): number {
    return this.store.viewState.get(COUNT, USUAL_COUNT);
  }

  #begin(): void {
    this.#writing.stop();
    this.written = undefined;
    this.done = '';
  }

  #write(): Promise<void> {
    this.done = '';
    return this.#writing.run(async (signal) => {
      const written = await writeOn(this.store, this.written, { count: this.#count, signal });
      if (!signal.aborted) this.written = written;
    });
  }

  /** @param use does something with the text that was written */
  async #finish(use: (text: string) => Promise<void>, said: string): Promise<void> {
    this.done = await use(this.written?.text ?? '').then(() => said, messageOf);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-continuation-view': ContinuationViewElement;
  }
}
