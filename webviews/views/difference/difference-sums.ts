import { Task } from '@lit/task';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cssColour } from '../../../src/display/colour-scale';
import { formatCount, formatDecimal, formatSigned } from '../../../src/display/numbers';
import '../../kit/choice';
import { Memo } from '../../kit/memo';
import { OneStop } from '../../kit/one-stop';
import { styled } from '../../kit/styled';
import { base } from '../../kit/styles';
import '../../kit/term';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';
import type { Compared } from './compared';
import { type DifferencePart, differenceParts, type PartKind } from './difference-parts';

/** What differs, summed by lines, by functions and classes, or by the roles of a chat. */
@customElement('vt-difference-sums')
export class DifferenceSumsElement extends StoreElement {
  @property({ attribute: false }) accessor compared!: Compared;
  readonly #stops = new OneStop(this, 'tbody button');
  readonly #parts = new Memo<DifferencePart[]>();

  static override styles = [
    base,
    css`
      .head { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: baseline; margin-bottom: 8px; }
      h2 { margin: 0; }
      .frame { max-height: 360px; overflow: auto; container-type: inline-size; }
      table { width: 100%; border-collapse: collapse; }
      th { position: sticky; top: 0; font-weight: 400; text-align: end; color: var(--dim); background: var(--vscode-editor-background); }
      th:first-child, td:first-child { text-align: start; width: 100%; min-width: 17ch; max-width: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
      th, td { padding: 2px 0 2px 16px; white-space: nowrap; text-align: end; }
      th:first-child, td:first-child { padding-left: 0; }
      tbody tr:hover { background: var(--vscode-list-hoverBackground); }
      button { max-width: 100%; padding: 0; font: inherit; color: inherit; text-align: start; background: none; border: 0; cursor: pointer; overflow: hidden; text-overflow: ellipsis; white-space: pre; }
      .note { display: inline-block; min-width: 3ch; text-align: end; }
      .axis { display: inline-block; position: relative; width: 88px; height: 10px; vertical-align: middle; background: linear-gradient(currentcolor, currentcolor) 50% / 1px 100% no-repeat; }
      th.scale { white-space: normal; }
      @container (max-width: 480px) {
        .scale { display: none; }
        th, td { padding-left: 8px; }
      }
      .axis i { position: absolute; inset-block: 0; }
    `,
  ];

  #symbols = new Task(this, {
    args: () => [this.store.subject?.revision],
    task: () => this.store.host.symbols(),
  });

  override render(): TemplateResult | typeof nothing {
    const { compared, store } = this;
    const symbols = this.#symbols.value ?? [];
    const kinds = this.#kinds();
    const saved = store.viewState.get<PartKind>('difference.parts', kinds[0] ?? 'lines');
    const kind = kinds.includes(saved) ? saved : (kinds[0] ?? 'lines');
    const parts = this.#parts.get([compared, kind, symbols], () => differenceParts(compared, kind, symbols));
    if (kinds.length === 1 && parts.length < 2) return nothing;
    const areTokens = compared.text.sameVocabulary;
    const end = Math.max(...parts.map(({ logRatio, count }) => Math.abs(logRatio / count)));
    const names: Record<PartKind, string> = {
      roles: t('roles'),
      symbols: t('functions and classes'),
      lines: t('lines'),
    };
    return html`<div class="head">
        <h2>${t('Where they differ')}</h2>
        ${
          kinds.length > 1
            ? html`<vt-choice
                label=${t('Sum by')}
                .value=${kind}
                .options=${kinds.map((value) => ({ value, label: names[value] }))}
                @choose=${({ detail }: CustomEvent<string>) => {
                  store.viewState.set('difference.parts', detail);
                  this.requestUpdate();
                }}
              ></vt-choice>`
            : nothing
        }
      </div>
      <div class="frame"><table class="number">
        <caption hidden>${t('Where they differ')}</caption>
        <thead><tr>
          <th scope="col">${names[kind]}</th><th scope="col">${areTokens ? t('tokens') : t('parts')}</th>
          <th scope="col"><vt-term name="logRatio">Σ ln(p<sub>B</sub> ÷ p<sub>A</sub>)</vt-term></th>
          <th scope="col" class="scale">${areTokens ? t('a token, to ±{0}', formatDecimal(end)) : t('a part, to ±{0}', formatDecimal(end))}</th>
          ${compared.hasDivergence ? html`<th scope="col"><vt-term name="kl">${t('mean KL')}</vt-term></th>` : nothing}
        </tr></thead>
        <tbody @focusin=${this.#stops.focused} @keydown=${this.#stops.keyPressed}>${parts.map((part) => this.#row(part, end))}</tbody>
      </table></div>`;
  }

  /** Of a text, the one that says most first. */
  #kinds(): PartKind[] {
    const { chat } = this.compared.subject;
    return [
      ...(chat ? (['roles'] as const) : []),
      ...((this.#symbols.value ?? []).length > 0 ? (['symbols'] as const) : []),
      'lines',
    ];
  }

  /** @param end of the scale: nats a token, or a part, of the row that moved most */
  #row({ name, note, depth, count, logRatio, meanKl, position }: DifferencePart, end: number): TemplateResult {
    const share = logRatio / count / end || 0;
    const mean = formatSigned(logRatio / count);
    const areTokens = this.compared.text.sameVocabulary;
    const colour = cssColour(this.store.theme.differenceMark(-Math.sign(share)));
    const side = share < 0 ? { right: '50%', left: 'auto' } : { left: '50%', right: 'auto' };
    return html`<tr>
      <td><button title=${areTokens ? t('Go to its token that moved most') : t('Go to its part that moved most')} @click=${() => this.store.select({ token: position })}
        ><span class="note dim">${note}</span> <span class="mono">${' '.repeat(2 * depth)}${name}</span></button></td>
      <td>${formatCount(count)}</td>
      <td title=${logRatio}>${formatSigned(logRatio)}</td>
      <td class="scale" title=${areTokens ? t('{0} a token', mean) : t('{0} a part', mean)}><span class="axis"><i ${styled({ width: `${50 * Math.abs(share)}%`, 'background-color': colour, ...side })}></i></span></td>
      ${Number.isNaN(meanKl) ? nothing : html`<td title=${meanKl}>${formatDecimal(meanKl)}</td>`}
    </tr>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-difference-sums': DifferenceSumsElement;
  }
}
