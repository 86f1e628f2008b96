import { css, html, LitElement, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../../kit/styles';
import { button } from '../../kit/toolkit';
import { t } from '../../l10n';
import type { ViewStore } from '../../store/view-store';
import { seedOf, setSeed } from './controls';
import './number-field';
import type { Player } from './player';

/** Play, step and restart, the seed, and what becomes of the text that was written. Events: `control-change`, `text-copy`, `text-insert`. */
@customElement('vt-player-bar')
export class PlayerBarElement extends LitElement {
  @property({ attribute: false }) accessor store!: ViewStore;
  @property({ attribute: false }) accessor player!: Player;
  /** Of the player. */
  @property({ attribute: false }) accessor revision = 0;

  static override styles = [
    base,
    css`
      :host { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; }
      .end { display: flex; flex-wrap: wrap; gap: 8px; margin-inline-start: auto; }
    `,
  ];

  override render(): TemplateResult {
    const { player } = this;
    const isAtStart = player.end === player.root;
    const cannotDraw = player.stop !== undefined;
    return html`
      ${
        player.isPlaying
          ? button(t('Pause'), () => player.pause(), { isPrimary: true, isDisabled: cannotDraw })
          : button(t('Play'), () => player.play(), { isPrimary: true, isDisabled: cannotDraw })
      }
      ${button(t('Step'), () => player.step(), { isDisabled: cannotDraw })}
      ${button(t('Restart'), () => player.restart(), { isDisabled: isAtStart && !player.root.latest })}
      <vt-number-field
        term="seed"
        label=${t('seed')}
        .value=${seedOf(this.store.viewState)}
        @number-change=${this.#seedTyped}
      ></vt-number-field>
      <span class="end">
        ${button(t('Copy'), () => this.#tell('text-copy'), { isDisabled: isAtStart })}
        ${button(t('Insert into the document'), () => this.#tell('text-insert'), { isDisabled: isAtStart })}
      </span>
    `;
  }

  #seedTyped({ detail }: CustomEvent<number>): void {
    setSeed(this.store.viewState, detail);
    this.#tell('control-change');
  }

  #tell(type: 'control-change' | 'text-copy' | 'text-insert'): void {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-player-bar': PlayerBarElement;
  }
}
