import { Task } from '@lit/task';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatDecimal } from '../../../src/display/numbers';
import type { TokenVectors, VectorNumbers } from '../../../src/shared/why-api';
import { type Table, TOKEN_COLUMNS, tokenCells } from '../../export/table';
import { base } from '../../kit/styles';
import '../../kit/term';
import { t } from '../../l10n';
import { StoreElement } from '../../store/store-element';

const STREAMS = ['residual', 'attention', 'mlp'] as const;
const HEADS = ['queries', 'keys', 'values'] as const;

/** The vectors that a layer makes of a token, as numbers: how long they are, and how far they point to the token itself. */
@customElement('vt-token-vectors')
export class TokenVectorsElement extends StoreElement {
  @property({ type: Number }) accessor position = 0;
  @property({ type: Number }) accessor layer = 0;

  static override styles = [
    base,
    css`
      table { border-collapse: collapse; width: 100%; }
      th { padding: 2px 8px 2px 0; font-weight: 400; text-align: start; white-space: nowrap; color: var(--dim); }
      td { padding: 2px 0 2px 8px; text-align: end; }
      .each { font-size: 0.85em; color: var(--dim); }
    `,
  ];

  readonly #vectors = new Task(this, {
    args: () => [this.store.subject?.read?.trace, this.position] as const,
    task: ([trace, position]) => (trace === undefined ? undefined : this.store.lenses.vectors({ trace, position })),
  });

  override render(): unknown {
    return this.#vectors.render({
      pending: () => html`<p class="dim">${t('Computing …')}</p>`,
      complete: (layers) => this.#table(layers?.[this.layer]),
    });
  }

  /** Of all layers. */
  tables(): Table[] {
    const { subject } = this.store;
    const layers = this.#vectors.value;
    if (!subject || !layers) return [];
    const columns = STREAMS.flatMap((name) => [`${name}Norm`, `${name}Cosine`]);
    const ofLayer = (one: TokenVectors) => [
      ...STREAMS.flatMap((name) => [one[name].norm, one[name].cosine]),
      ...HEADS.map((name) => [...one[name]].join(' ')),
    ];
    return [
      {
        label: t('Vectors of the token'),
        name: 'vectors',
        columns: [...TOKEN_COLUMNS, 'layer', ...columns, ...HEADS],
        rows: () => layers.map((one, layer) => [...tokenCells(subject, this.position), layer, ...ofLayer(one)]),
      },
    ];
  }

  #table(vectors: TokenVectors | undefined): TemplateResult | typeof nothing {
    if (!vectors) return nothing;
    return html`<h2><vt-term name="vectors">${t('Its vectors in this layer')}</vt-term></h2>
      <table class="number">
        <thead><tr><td></td><td class="dim">${t('length')}</td><td class="dim">${t('cosine to itself')}</td></tr></thead>
        <tbody>
          ${this.#stream(t('stream that enters'), vectors.residual)}
          ${this.#stream(t('attention adds'), vectors.attention)}
          ${this.#stream(t('MLP adds'), vectors.mlp)}
          ${vectors.queries.length === 0 ? nothing : this.#heads(vectors)}
        </tbody>
      </table>`;
  }

  #stream(name: string, { norm, cosine }: VectorNumbers): TemplateResult {
    return html`<tr>
      <th scope="row">${name}</th>
      <td title=${norm}>${formatDecimal(norm)}</td>
      <td title=${cosine}>${formatDecimal(cosine)}</td>
    </tr>`;
  }

  #heads({ queries, keys, values }: TokenVectors): TemplateResult[] {
    const rows: [string, Float32Array][] = [
      [t('queries'), queries],
      [t('keys'), keys],
      [t('values'), values],
    ];
    return rows.map(
      ([name, lengths]) => html`<tr>
        <th scope="row">${name}</th>
        <td colspan="2" class="each">${[...lengths].map((length) => formatDecimal(length)).join(' · ')}</td>
      </tr>`,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-token-vectors': TokenVectorsElement;
  }
}
