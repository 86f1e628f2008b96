import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount } from '../../../../src/display/numbers';
import type { Part, Why } from '../../../../src/shared/why-api';
import '../../../kit/choice';
import { base } from '../../../kit/styles';
import { button } from '../../../kit/toolkit';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import { agreementNote } from './agreement-note';
import type { Measuring, Replacement } from './measuring';
import { directOf, keyOf, PART_KINDS, type PartKind, strongestParts } from './part';
import type { PartBar } from './part-bars';
import './part-bars';
import './replacement-choice';
import type { Names } from './sources-strip';

const LISTED = 8;

/** The parts that did most, each with its switch, and what really happened without those that are off. */
@customElement('vt-strongest-parts')
export class StrongestPartsElement extends StoreElement {
  @property({ attribute: false }) accessor why!: Why;
  @property({ attribute: false }) accessor measuring!: Measuring;
  /** Changes with what is measured. */
  @property({ attribute: false }) accessor effects: unknown;
  @property({ attribute: false }) accessor names!: Names;
  @property({ attribute: false }) accessor nameOf!: (part: Part) => string;
  @property({ attribute: false }) accessor opened: Part | undefined;

  static override styles = [
    base,
    css`
      .title { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 12px; }
      vt-choice { font-size: 0.85em; }
      .controls { display: flex; flex-wrap: wrap; align-items: center; gap: 8px; margin: 8px 0; }
      progress { flex: 1 1 64px; min-width: 64px; }
      p { margin-top: 4px; max-width: none; }
    `,
  ];

  override render(): TemplateResult {
    const { store, measuring } = this;
    const bars = this.bars();
    return html`<div class="title">
        <h2>${t('What did most')}</h2>
        <vt-choice
          class="no-picture"
          label=${t('What did most')}
          .value=${this.#kind}
          .options=${PART_KINDS.map((value) => ({ value, label: PART_KIND_NAMES[value]() }))}
          @choose=${({ detail }: CustomEvent<string>) => {
            store.viewState.set('why.kind', detail);
            this.requestUpdate();
          }}
        ></vt-choice>
      </div>
      <vt-part-bars
        label=${t('What did most')}
        .names=${this.names}
        .bars=${bars}
        .opened=${this.opened}
        .theme=${store.theme}
        .scale=${store.theme.differenceMark}
        ?live=${store.isLive}
      ></vt-part-bars>
      ${store.isLive ? this.#controls(bars) : nothing}
      ${measuring.failure ? html`<p role="alert">${measuring.failure}</p>` : nothing}
      <div aria-live="polite">${agreementNote(bars)}</div>`;
  }

  /** Those that did most directly, and all others that are off. */
  bars(): PartBar[] {
    const { why, measuring } = this;
    const attention = (this.store.state.model?.layers ?? []).map((layer) => layer.attention);
    const strongest = strongestParts(why, this.#kind, attention).slice(0, LISTED);
    const keys = new Set(strongest.map(keyOf));
    const others = [...measuring.off.values()].filter((part) => !keys.has(keyOf(part)));
    return [...strongest, ...others].map((part) => barOf(part, this));
  }

  /** What can be done stays where it is while it is done: nothing moves under the pointer. */
  #controls(bars: readonly PartBar[]): TemplateResult {
    const { measuring } = this;
    const on = bars.filter(({ isOff }) => !isOff).map(({ part }) => part);
    const switchOff = () => measuring.switchOff(on);
    return html`<div class="controls no-picture">
        ${
          measuring.isRunning
            ? button(t('Cancel'), () => measuring.cancel())
            : button(t('Switch off each of these'), switchOff, { isDisabled: on.length === 0 })
        }
        ${measuring.isRunning ? this.#progress() : button(t('All on'), () => measuring.allOn(), { isDisabled: measuring.off.size === 0 })}
      </div>
      ${this.#kind === 'tokens' ? this.#hidden() : this.#replacement()}`;
  }

  #hidden(): TemplateResult {
    return html`<p class="dim">${t('A token that is off is hidden from all later ones, in every layer: in all it counts with what others took from it.')}</p>`;
  }

  #replacement(): TemplateResult {
    const { measuring } = this;
    return html`<vt-replacement-choice
        class="no-picture"
        .store=${this.store}
        .value=${measuring.by}
        @replace=${({ detail }: CustomEvent<Replacement>) => {
          measuring.by = detail;
        }}
      ></vt-replacement-choice>`;
  }

  #progress(): TemplateResult {
    const { done, total } = this.measuring.progress;
    const text = t('{0} of {1}', formatCount(done), formatCount(total));
    return html`<progress max=${total} value=${done} aria-label=${t('Parts that were tried')} title=${text}></progress>
      <span class="number">${text}</span>`;
  }

  get #kind(): PartKind {
    const saved = this.store.viewState.get<string>('why.kind', 'parts');
    return PART_KINDS.find((kind) => kind === saved) ?? 'parts';
  }
}

const PART_KIND_NAMES: Readonly<Record<PartKind, () => string>> = {
  parts: () => t('heads and MLPs'),
  layers: () => t('layers'),
  tokens: () => t('tokens'),
};

/** What is known of a part. */
export function barOf(
  part: Part,
  { why, measuring, nameOf }: { why: Why; measuring: Measuring; nameOf: (part: Part) => string },
): PartBar {
  const key = keyOf(part);
  const isOff = measuring.off.has(key);
  return {
    part,
    name: nameOf(part),
    direct: directOf(why, part),
    effect: isOff ? measuring.effects.get(key) : undefined,
    isOff,
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-strongest-parts': StrongestPartsElement;
  }
}
