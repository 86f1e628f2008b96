import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount } from '../../../src/display/numbers';
import { readingTokens } from '../../kit/count-text';
import { base } from '../../kit/styles';
import { button } from '../../kit/toolkit';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import type { Player } from './player';

/** A reading that takes longer is told of, and can be cancelled. */
const SLOW_MS = 400;

/** What the player is at, where there is something to say. */
@customElement('vt-player-status')
export class PlayerStatusElement extends StoreElement {
  @property({ attribute: false }) accessor player!: Player;
  /** Of the player. */
  @property({ attribute: false }) accessor revision = 0;
  /** What has become of the text that was written. */
  @property() accessor done = '';
  #task: number | undefined;
  #since = 0;

  static override styles = [
    base,
    css`
      div { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
      div:not(:empty) { min-height: 28px; }
    `,
  ];

  override willUpdate(): void {
    const { reading } = this.player;
    if (reading?.task === this.#task) return;
    this.#task = reading?.task;
    this.#since = performance.now();
    if (reading) setTimeout(() => this.requestUpdate(), SLOW_MS);
  }

  override render(): TemplateResult {
    return html`<div role="status">${this.#content()}</div>`;
  }

  #content(): TemplateResult | typeof nothing {
    const { player } = this;
    if (player.error !== undefined)
      return html`<span>${player.error}</span>${button(t('Try again'), () => player.retry())}`;
    const isSlow = performance.now() - this.#since >= SLOW_MS;
    if (player.reading && isSlow) {
      return html`<span>${this.#progress(player.reading.task)}</span>${button(t('Cancel'), () => player.cancel())}`;
    }
    const said = this.done || this.#stop();
    return said === '' ? nothing : html`<span>${said}</span>`;
  }

  #progress(task: number): string {
    const { done, total } = this.store.progressOf(task) ?? { done: 0, total: 0 };
    return total > 0 ? readingTokens(done, total) : t('Reading …');
  }

  #stop(): string {
    const { stop, place } = this.player;
    switch (stop) {
      case 'ended':
        return t(
          'The model ended its text with {0}. Go back to a token, or take another one below.',
          place?.end.label ?? '',
        );
      case 'full':
        return t(
          'The text fills the model’s context, {0} tokens: nothing more can be added. Go back to a token, or begin with a shorter text.',
          formatCount(place?.ids.length ?? 0),
        );
      case undefined:
        return '';
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-player-status': PlayerStatusElement;
  }
}
