import { Task } from '@lit/task';
import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { FLOATS, numberBits } from '../../../../src/anatomy/number-bits';
import { fitsBlocks } from '../../../../src/anatomy/precision';
import { readNumber } from '../../../../src/display/read-number';
import type { AnatomyTensor, ModelAnatomy, WeightBlock } from '../../../../src/shared/anatomy-api';
import { ROUNDED_BLOCK, roundedBlock } from '../../../../src/shared/block-rounding';
import { messageOf } from '../../../../src/shared/errors';
import { roundToHalf } from '../../../../src/shared/half-floats';
import type { HasTables, Table } from '../../../export/table';
import { base } from '../../../kit/styles';
import { button, textField } from '../../../kit/toolkit';
import { t } from '../../../l10n';
import { StoreElement } from '../../../store/store-element';
import './bit-rows';
import './block-picture';

/** No column. */
const NONE = -1;

const BLOCKS = ['Q8_0', 'Q4_0'] as const;

/** What is drawn where neither a weight nor a number is there. */
const TENTH = 0.1;

/** A weight of the model, or a number that somebody types, in each form: its bits, and the block that it is rounded with. */
@customElement('vt-number-bits')
export class NumberBitsElement extends StoreElement implements HasTables {
  @property({ attribute: false }) accessor anatomy!: ModelAnatomy;
  #typed = '';

  readonly #block = new Task(this, {
    args: () => [this.store.isLive, this.#tensor?.name ?? '', this.#row, this.#column ?? 0] as const,
    task: async ([isLive, tensor, row, column]) =>
      isLive && tensor !== '' ? this.store.lenses.weightBlock({ tensor, row, column }) : undefined,
  });

  static override styles = [
    base,
    css`
      :host { margin-top: 24px; }
      .choice { display: flex; flex-wrap: wrap; gap: 8px 16px; align-items: end; margin-bottom: 8px; }
      label { display: grid; gap: 2px; min-width: 0; }
      select { max-width: 100%; min-height: 26px; font: inherit; color: var(--vscode-dropdown-foreground); background: var(--vscode-dropdown-background); border: 1px solid var(--vscode-dropdown-border, var(--line)); }
      .note { margin: 8px 0 4px; }
      .blocks { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 320px), 1fr)); gap: 8px 32px; }
    `,
  ];

  override render(): TemplateResult {
    return html`<h2>${t('One number, bit by bit')}</h2>
      <div class="choice no-picture">
        ${this.store.isLive ? this.#weightChoice() : nothing}
        ${textField({ label: t('or a number of your own'), value: this.#typed, typed: (text) => this.#type(text) }, 14)}
      </div>
      ${this.#typed !== '' && this.#own === undefined ? html`<p role="alert">${t('“{0}” is not read as a number.', this.#typed)}</p>` : nothing}
      ${this.#block.render({
        pending: () => this.#drawing(this.#block.value),
        complete: (block) => this.#drawing(block),
        error: (error) => html`<p role="alert">${messageOf(error)}</p>${this.#drawing(undefined)}`,
      })}`;
  }

  tables(): Table[] {
    return [
      {
        label: t('Bits of a number'),
        name: 'number-bits',
        columns: ['form', 'bits', 'value'],
        rows: () => {
          const number = this.#number(this.#block.value);
          const block = this.#rounding(this.#block.value);
          const floats = FLOATS.map((float) => {
            const { sign, exponent, mantissa, value } = numberBits(float, Math.fround(number));
            return [float, `${sign} ${exponent} ${mantissa}`, value];
          });
          const blocks = BLOCKS.map((type) => {
            const { scale, codes } = roundedBlock(type, block ?? new Float32Array(ROUNDED_BLOCK));
            const code = codes[this.#placeIn(this.#block.value)] ?? 0;
            return [type, `${code} × ${scale}`, code * scale];
          });
          return block ? [...floats, ...blocks] : floats;
        },
      },
    ];
  }

  #weightChoice(): TemplateResult {
    const choose = ({ target }: Event) =>
      this.#set({ tensor: (target as HTMLSelectElement).value, row: 0, column: NONE });
    return html`<label>${t('A weight of')}<select @change=${choose}>${this.anatomy.tensors.map(
      ({ name }) => html`<option value=${name} ?selected=${name === this.#tensor?.name}>${name}</option>`,
    )}</select></label>
    ${button(t('Another weight'), () => this.#draw())}`;
  }

  #drawing(block: WeightBlock | undefined): TemplateResult {
    return html`${block && this.#own === undefined ? html`<p class="number">${this.#address(block)}</p>` : nothing}
      <vt-bit-rows .number=${this.#number(block)}></vt-bit-rows>
      ${block ? this.#blocks(block) : nothing}`;
  }

  #number(block: WeightBlock | undefined): number {
    return this.#own ?? block?.values[this.#placeIn(block)] ?? TENTH;
  }

  /** Where the weight stands in its block: where nobody has chosen one, the one that bf16 holds worst. */
  #placeIn(block: WeightBlock | undefined): number {
    const column = this.#column;
    if (column !== undefined || !block) return (column ?? 0) % ROUNDED_BLOCK;
    const losses = Array.from(block.values, (value) =>
      value === 0 ? 0 : Math.abs(roundToHalf('bf16', value) / value - 1),
    );
    return losses.indexOf(Math.max(...losses));
  }

  /** What is rounded with the number, itself among it; undefined where no blocks are made of it. */
  #rounding(block: WeightBlock | undefined): Float32Array | undefined {
    const [tensor, number] = [this.#tensor, Math.fround(this.#number(block))];
    if (!block || !tensor || !fitsBlocks(tensor) || !Number.isFinite(number)) return undefined;
    const values = block.values.slice();
    values[this.#placeIn(block)] = number;
    return values;
  }

  #address(block: WeightBlock): TemplateResult {
    const tensor = this.#tensor;
    return html`${tensor?.name} [${block.row}, ${block.column + this.#placeIn(block)}] <span class="dim">${t('in the file as {0}', tensor?.type ?? '')}</span>`;
  }

  #blocks(block: WeightBlock): TemplateResult {
    const values = this.#rounding(block);
    if (!values)
      return html`<p class="dim">${
        Number.isFinite(Math.fround(this.#number(block)))
          ? t('Blocks hold the numbers of matrices whose rows are whole blocks of 32. This one stays float32 there.')
          : t('Blocks hold finite numbers, and this one is infinite in float32 already.')
      }</p>`;
    const choose = ({ detail }: CustomEvent<number>) => {
      this.#typed = '';
      this.#set({ column: block.column + detail });
    };
    return html`<p class="dim note">${t('In blocks a weight is a whole number of steps, and 32 neighbours share the size of a step. Bars are the weights, lines what they become.')}</p>
      <div class="blocks" @choose-weight=${choose}>
        ${BLOCKS.map((type) => html`<vt-block-picture .type=${type} .values=${values} .number=${this.#number(block)} .chosen=${this.#placeIn(block)}></vt-block-picture>`)}
      </div>`;
  }

  /** A weight that nobody has chosen. */
  #draw(): void {
    const { elements = 1, shape = [] } = this.#tensor ?? {};
    const columns = shape.at(-1) ?? 1;
    const place = Math.floor(Math.random() * elements);
    this.#typed = '';
    this.#set({ row: Math.floor(place / columns), column: place % columns });
  }

  #type(text: string): void {
    this.#typed = text;
    this.requestUpdate();
  }

  /** The number that was typed, also as programs write it (`1e-8`). */
  get #own(): number | undefined {
    const text = this.#typed.trim();
    const digits = readNumber(text);
    if (digits !== undefined) return Number(digits);
    return /\de/i.test(text) && Number.isFinite(Number(text)) ? Number(text) : undefined;
  }

  get #tensor(): AnatomyTensor | undefined {
    const { tensors } = this.anatomy;
    const name = this.store.viewState.get<string>('anatomy.precision.tensor', '');
    return tensors.find((tensor) => tensor.name === name) ?? tensors.find(isUsual) ?? tensors[0];
  }

  get #row(): number {
    const { elements = 1, shape = [] } = this.#tensor ?? {};
    const row = this.store.viewState.get<number>('anatomy.precision.row', 0);
    return row < elements / (shape.at(-1) ?? 1) ? row : 0;
  }

  /** Undefined where nobody has chosen one. */
  get #column(): number | undefined {
    const column = this.store.viewState.get<number>('anatomy.precision.column', NONE);
    return column !== NONE && column < (this.#tensor?.shape.at(-1) ?? 1) ? column : undefined;
  }

  #set(place: { tensor?: string; row?: number; column?: number }): void {
    for (const [name, value] of Object.entries(place)) this.store.viewState.set(`anatomy.precision.${name}`, value);
    this.requestUpdate();
  }
}

/** The view opens on a matrix of attention. */
const isUsual = (tensor: AnatomyTensor): boolean => tensor.part === 'attention' && fitsBlocks(tensor);

declare global {
  interface HTMLElementTagNameMap {
    'vt-number-bits': NumberBitsElement;
  }
}
