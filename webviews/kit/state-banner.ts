import { html, nothing, type TemplateResult } from 'lit';
import { customElement } from 'lit/decorators.js';
import { formatCount } from '../../src/display/numbers';
import { VIEWS_OF_OWN_TEXTS } from '../../src/shared/inspector-api';
import { t } from '../l10n';
import { StoreElement } from '../store/store-element';
import { readingTokens } from './count-text';
import { stateLine } from './state-line';
import { base } from './styles';
import { button } from './toolkit';

/** What the inspector is at, where it is not simply done: a sentence, and what can be done about it. */
@customElement('vt-state-banner')
export class StateBannerElement extends StoreElement {
  static override styles = [base, stateLine];

  override render(): TemplateResult | typeof nothing {
    const { reading, subject, isUnresponsive, isPinned, view } = this.store.state;
    if (isUnresponsive) return this.#unresponsive();
    // A view of texts of its own waits for the model only.
    if (VIEWS_OF_OWN_TEXTS.includes(view) && !(reading.kind === 'working' && reading.stage !== 'forward'))
      return nothing;
    switch (reading.kind) {
      case 'empty':
        return this.#line(
          t(
            'Nothing is inspected yet. Select text in an editor and run Vitrine: Inspect Selection, or begin with an example.',
          ),
          this.#button(t('Open an example'), () => this.store.host.run('openExample')),
        );
      case 'emptyText':
        return this.#line(
          t('The text is empty. Write something in it, or select text in another editor.'),
          this.#button(t('Open an example'), () => this.store.host.run('openExample')),
        );
      case 'waiting':
        return this.#line(
          t('The text at the cursor is long: it is read when you ask for it. This is what was read before.'),
          this.#button(t('Read it'), () => this.store.host.renew()),
        );
      case 'failed':
        return this.#line(
          reading.message,
          html`
          ${this.#button(t('Try again'), () => this.store.host.renew())}
          ${this.#button(t('Show log'), () => this.store.host.run('showLog'), false)}
        `,
        );
      case 'working':
        return this.#line(
          workingText(reading),
          html`<progress max=${reading.total} value=${reading.done} aria-label=${workingText(reading)}></progress>
            ${this.#button(t('Cancel'), () => this.store.host.cancelReading(), false)}`,
          subject?.read !== undefined,
        );
      case 'ready':
        return subject?.stale ? this.#stale(!isPinned) : this.#cut();
    }
  }

  #unresponsive(): TemplateResult {
    return this.#line(
      t('The engine is not answering.'),
      html`
        ${this.#button(t('Restart Engine'), () => this.store.host.run('restartEngine'))}
        ${this.#button(t('Show log'), () => this.store.host.run('showLog'), false)}
      `,
    );
  }

  /** @param isLate where it is read again by itself as soon as somebody pauses */
  #stale(isLate: boolean): TemplateResult {
    return this.#line(
      t('The text has been edited or closed. This is what the model read before.'),
      this.#button(t('Read it again'), () => this.store.host.renew()),
      isLate,
    );
  }

  #cut(): TemplateResult | typeof nothing {
    const cut = this.store.subject?.cut ?? 0;
    if (cut === 0) return this.#windows();
    return this.#line(
      t('The first {0} characters do not fit the model’s context. Select less text to see them.', formatCount(cut)),
      nothing,
    );
  }

  /** Of a text that is longer than what a server reads at once, numbers are not those of one long reading. */
  #windows(): TemplateResult | typeof nothing {
    const { model, subject } = this.store.state;
    const { windowTokens } = model?.server ?? {};
    if (windowTokens === undefined || (subject?.read?.ids.length ?? 0) <= windowTokens) return nothing;
    return this.#line(
      t(
        'Read in windows of {0} tokens, each with the last half of the one before: a token has at least {1} before it, or all of the text.',
        formatCount(windowTokens),
        formatCount(Math.floor(windowTokens / 2)),
      ),
      nothing,
    );
  }

  #line(text: string, actions: TemplateResult | typeof nothing, isLate = false): TemplateResult {
    return html`<div role="status" class=${isLate ? 'late' : ''}><p>${text}</p>${actions}</div>`;
  }

  #button(label: string, run: () => Promise<void>, isPrimary = true): TemplateResult | typeof nothing {
    return this.store.isLive ? button(label, run, { isPrimary }) : nothing;
  }
}

function workingText({ stage, done, total }: { stage: string; done: number; total: number }): string {
  switch (stage) {
    case 'compile':
      return t('Compiling the model, once: {0} %', Math.round((100 * done) / Math.max(1, total)));
    case 'load':
      return t('Loading the model');
    default:
      return readingTokens(done, total);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-state-banner': StateBannerElement;
  }
}
