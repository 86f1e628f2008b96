import { Task } from '@lit/task';
import { css, html, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { LayerInfo } from '../../../src/shared/engine-api';
import { type Table, TOKEN_COLUMNS, tokenCells } from '../../export/table';
import { Memo } from '../../kit/memo';
import { base } from '../../kit/styles';
import { shownRange, subjectTokens } from '../../kit/subject-tokens';
import '../../kit/term';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import './expert-matrix';
import './expert-strip';
import { type ExpertAddress, ExpertUse } from './expert-use';
import './token-experts';

export const hasExperts = (layers: readonly LayerInfo[]): boolean =>
  layers.some(({ experts }) => experts !== undefined);

/** Which experts the text uses, which of them a token went to, and which tokens an expert saw. */
@customElement('vt-experts-picture')
export class ExpertsPictureElement extends StoreElement {
  @state() private accessor pointed: ExpertAddress | undefined;
  @state() private accessor selected: ExpertAddress | undefined;
  readonly #mostUsed = new Memo<ExpertAddress | undefined>();
  readonly #use = new Task(this, {
    args: () => {
      const { from, to } = shownRange(this.store.subject);
      return [this.store.subject?.read?.trace, from, to] as const;
    },
    task: async ([trace, from, to]) =>
      trace === undefined || from === to
        ? undefined
        : new ExpertUse(await this.store.lenses.experts({ trace, from, to }), { from, to }),
  });

  static override styles = [
    base,
    css`
      :host { display: contents; }
      .panes { display: grid; gap: 24px 32px; padding: 0 16px 24px; grid-template-columns: minmax(0, 1fr); }
      @container (min-width: 840px) {
        .panes { grid-template-columns: minmax(0, 1fr) 280px; }
      }
    `,
  ];

  override render(): TemplateResult {
    const { store } = this;
    const use = this.#use.value;
    const expert = this.pointed ?? this.#chosen;
    return html`<vt-expert-strip
        .store=${store}
        .use=${use}
        .expert=${expert}
        .selected=${store.state.selected.token}
        .hovered=${store.hovered}
      ></vt-expert-strip>
      <slot></slot>
      <div class="panes">${this.#panes(use)}</div>`;
  }

  /** A row a token, layer and expert. */
  tables(): Table[] {
    const { subject } = this.store;
    const use = this.#use.value;
    if (!subject || !use) return [];
    const positions = Array.from({ length: use.to - use.from }, (_, i) => use.from + i);
    return [
      {
        label: t('Experts'),
        name: 'experts',
        columns: [...TOKEN_COLUMNS, 'layer', 'expert', 'weight'],
        rows: () =>
          positions.flatMap((position) =>
            use
              .choicesOf(position)
              .flat()
              .map(({ layer, expert, weight }) => [...tokenCells(subject, position), layer, expert, weight]),
          ),
      },
    ];
  }

  #panes(use: ExpertUse | undefined): TemplateResult {
    const { store } = this;
    const layers = store.state.model?.layers ?? [];
    const { error } = this.#use;
    if (error instanceof Error) return html`<p role="alert">${error.message}</p>`;
    if (!use) return html`<p class="dim">${t('Asking the model …')}</p>`;
    const { token } = store;
    const label = token === undefined ? '' : (subjectTokens(store.subject)[token]?.label ?? '');
    const select = ({ detail }: CustomEvent<ExpertAddress>) => {
      this.selected = detail;
    };
    return html`<section>
        <h2><vt-term name="expert">${t('Experts')}</vt-term>
          <small>${this.#explanation(label)}</small></h2>
        <vt-expert-matrix
          .use=${use}
          .layers=${layers}
          .chosen=${this.#chosen}
          .pointed=${this.pointed}
          .token=${token}
          .theme=${store.theme}
          .scale=${store.theme.greyMark}
          @expert-hover=${({ detail }: CustomEvent<ExpertAddress | undefined>) => {
            this.pointed = detail;
          }}
          @expert-select=${select}
        ></vt-expert-matrix>
      </section>
      <vt-token-experts
        .choices=${token === undefined ? [] : use.choicesOf(token)}
        .chosen=${this.#chosen}
        label=${label}
        @expert-select=${select}
      ></vt-token-experts>`;
  }

  #explanation(token: string): string {
    const explained = t('a row a layer, a column an expert: how many of the tokens it saw');
    return token ? `${explained}; ${t('outlined where {0} went', token)}` : explained;
  }

  /** The expert that somebody chose, or else the one that saw most. */
  get #chosen(): ExpertAddress | undefined {
    const use = this.#use.value;
    const layers = this.store.state.model?.layers ?? [];
    return this.selected ?? (use && this.#mostUsed.get([use, layers], () => mostUsed(use, layers)));
  }
}

function mostUsed(use: ExpertUse, layers: readonly LayerInfo[]): ExpertAddress | undefined {
  let most: (ExpertAddress & { count: number }) | undefined;
  for (const [layer, { experts }] of layers.entries()) {
    for (const [expert, count] of use.countsOf(layer, experts?.numExperts ?? 0).entries()) {
      if (count > (most?.count ?? 0)) most = { layer, expert, count };
    }
  }
  return most;
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-experts-picture': ExpertsPictureElement;
  }
}
