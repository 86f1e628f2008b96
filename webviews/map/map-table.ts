import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatCount } from '../../src/display/numbers';
import type { MapHost, MapView } from '../../src/shared/map-api';
import '../kit/choice';
import type { Norms } from '../../src/workspace/map/score';
import { base } from '../kit/styles';
import { button } from '../kit/toolkit';
import { t } from '../l10n';
import { FileSymbols } from './file-symbols';
import './row-table';
import { tableCsv } from './table-csv';
import { fileRows, folderRows, functionRows, type Listed, type Sort, sorted, type TableRow } from './table-rows';
import { filesOf, type MapNode } from './tree';

/** Files whose functions are asked for at first, and with each press for more: the editor has to open each. */
const FILES_OF_FUNCTIONS = 20;

/**
 * The folder that fills the picture as a table: its files, its folders or its functions.
 *
 * Events: `look` and `open` with a file, `zoom` with a folder, `line` with the place of a function, `save` with a file that is made.
 */
@customElement('vt-map-table')
export class MapTableElement extends LitElement {
  @property({ attribute: false }) accessor host!: MapHost;
  @property({ attribute: false }) accessor folder!: MapNode;
  @property({ attribute: false }) accessor norms!: Norms;
  @property({ attribute: false }) accessor view!: MapView;
  @state() accessor listed: Listed = 'files';
  @state() accessor sort: Sort = { key: 'z', isDescending: true };
  @state() accessor files = FILES_OF_FUNCTIONS;
  readonly #symbols = new FileSymbols(this);

  static override styles = [
    base,
    css`
      :host { display: flex; flex-direction: column; gap: 4px; }
      .above { display: flex; flex-wrap: wrap; gap: 4px 16px; align-items: center; justify-content: space-between; }
      vt-row-table { flex: 0 1 auto; max-height: 70vh; }
      p { margin: 0; }
    `,
  ];

  override willUpdate(): void {
    if (this.listed === 'functions') this.#symbols.want(this.#filesOfFunctions);
  }

  override render(): TemplateResult {
    const rows = sorted(this.#rows(), this.sort);
    return html`<div class="above">
        <vt-choice label=${t('What is listed')} .value=${this.listed} .options=${this.#choices()} @choose=${({ detail }: CustomEvent<Listed>) => (this.listed = detail)}></vt-choice>
        ${rows.length > 0 ? button(t('Save the Table…'), () => this.#save(rows)) : nothing}
      </div>
      ${rows.length > 0 ? html`<vt-row-table .rows=${rows} .sort=${this.sort} label=${this.#label} @sort=${({ detail }: CustomEvent<Sort>) => (this.sort = detail)} @press=${({ detail }: CustomEvent<TableRow>) => this.#press(detail)}></vt-row-table>` : nothing}
      ${this.listed === 'functions' ? this.#ofFunctions(rows.length) : rows.length === 0 ? html`<p class="dim">${t('Nothing is read yet.')}</p>` : nothing}`;
  }

  get #label(): string {
    return { files: t('File'), folders: t('Folder'), functions: t('Function') }[this.listed];
  }

  #choices() {
    return [
      { value: 'files', label: t('Files') },
      { value: 'folders', label: t('Folders') },
      {
        value: 'functions',
        label: t('Functions'),
        title: t('Functions, methods and classes, as the editor knows them'),
      },
    ];
  }

  #rows(): TableRow[] {
    const { folder, listed, norms, view } = this;
    if (listed === 'files') return fileRows(folder);
    if (listed === 'folders') return folderRows(folder);
    const known = this.#filesOfFunctions;
    return known
      .flatMap((node) => functionRows(node, this.#symbols.of(node) ?? [], norms, view))
      .filter(({ score }) => score.tokens > 0);
  }

  /** Of all files, those with the largest z. */
  get #filesOfFunctions(): MapNode[] {
    const rows = sorted(fileRows(this.folder), { key: 'z', isDescending: true });
    return rows.slice(0, this.files).map(({ node }) => node);
  }

  #press({ node, line }: TableRow): void {
    if (line !== undefined) this.#send('line', { path: node.path, line });
    else this.#send(node.file ? 'open' : 'zoom', node);
  }

  #save(rows: readonly TableRow[]): void {
    this.#send('save', { name: `map-${this.listed}.csv`, content: tableCsv(rows) });
  }

  #send(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  /** Which files have been asked for their functions, and how to ask others. @param rows functions that are listed */
  #ofFunctions(rows: number): TemplateResult {
    const read = filesOf(this.folder).filter(({ score }) => score.tokens > 0).length;
    const asked = this.#filesOfFunctions.filter((node) => !this.#symbols.of(node)).length;
    return html`${this.#symbols.problem === '' ? nothing : html`<p>${this.#symbols.problem}</p>`}
      ${asked === 0 && rows === 0 ? html`<p class="dim">${read === 0 ? t('Nothing is read yet.') : t('The editor knows no functions of these files. For many languages it needs an extension that tells it of them.')}</p>` : nothing}
      ${asked > 0 ? html`<p class="dim">${t('The editor is asked for the functions of {0} files.', formatCount(asked))}</p>` : nothing}
      ${read > this.files ? html`<p class="dim">${t('Functions of the {0} files with the highest z.', formatCount(this.files))} ${button(t('Of More Files'), () => (this.files += FILES_OF_FUNCTIONS))}</p>` : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-map-table': MapTableElement;
  }
}
