import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { formatBitsAlone, formatCount } from '../../src/display/numbers';
import type { MapHost, MapView } from '../../src/shared/map-api';
import '../kit/choice';
import type { Norms } from '../../src/workspace/map/score';
import { base } from '../kit/styles';
import { button } from '../kit/toolkit';
import { t } from '../l10n';
import { FileSymbols } from './file-symbols';
import {
  fileRows,
  folderRows,
  functionRows,
  type Listed,
  type Sort,
  type SortKey,
  sorted,
  type TableRow,
} from './table-rows';
import { signedZ } from './texts';
import { filesOf, type MapNode } from './tree';

/** Rows at first, and with each press for more. */
const ROWS = 100;
/** Files whose functions are asked for at first, and with each press for more: the editor has to open each. */
const FILES_OF_FUNCTIONS = 20;

/**
 * The folder that fills the picture as a table: its files, its folders or its functions.
 *
 * Events: `look` and `open` with a file, `zoom` with a folder, `line` with the place of a function.
 */
@customElement('vt-map-table')
export class MapTableElement extends LitElement {
  @property({ attribute: false }) accessor host!: MapHost;
  @property({ attribute: false }) accessor folder!: MapNode;
  @property({ attribute: false }) accessor norms!: Norms;
  @property({ attribute: false }) accessor view!: MapView;
  @state() accessor listed: Listed = 'files';
  @state() accessor sort: Sort = { key: 'z', isDescending: true };
  @state() accessor most = ROWS;
  @state() accessor files = FILES_OF_FUNCTIONS;
  readonly #symbols = new FileSymbols(this);

  static override styles = [
    base,
    css`
      table { width: 100%; border-collapse: collapse; margin-top: 4px; }
      th, td { padding: 2px 0 2px 12px; text-align: end; vertical-align: baseline; font-weight: inherit; white-space: nowrap; border-bottom: 1px solid color-mix(in srgb, var(--line) 40%, transparent); }
      :is(th, td):first-child { width: 100%; padding-inline-start: 0; text-align: start; white-space: normal; overflow-wrap: anywhere; }
      thead th { position: sticky; top: 0; background: var(--vscode-editor-background); border-bottom-color: var(--line); }
      tbody tr:hover { background: var(--vscode-list-hoverBackground); }
      td button, th button { padding: 0; font: inherit; color: inherit; text-align: inherit; background: none; border: 0; cursor: pointer; }
      td button:hover { text-decoration: underline; }
      tr:hover .dim { color: inherit; }
      .more { margin-top: 4px; }
    `,
  ];

  override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('folder') && changed.get('folder')?.path !== this.folder.path) {
      this.most = ROWS;
      this.files = FILES_OF_FUNCTIONS;
    }
    if (this.listed === 'functions') this.#symbols.want(this.#filesOfFunctions);
  }

  override render(): TemplateResult {
    const rows = sorted(this.#rows(), this.sort);
    return html`<vt-choice label=${t('What is listed')} .value=${this.listed} .options=${this.#choices()} @choose=${({ detail }: CustomEvent<Listed>) => (this.listed = detail)}></vt-choice>
      <table>
        <thead><tr>
          ${this.#head('name', this.listed === 'files' ? t('File') : this.listed === 'folders' ? t('Folder') : t('Function'), '')}
          ${this.#head('mean', t('Bits a token'), t('Mean surprisal of a token. It depends on the language and on what the lines are: compare it within these.'))}
          ${this.#head('z', 'z', t('By how many standard deviations lines lie above the mean of lines of their language and kind, weighted by tokens. 0 is the mean.'))}
          ${this.#head('tokens', t('Tokens'), t('Tokens that count.'))}
        </tr></thead>
        <tbody>${rows.slice(0, this.most).map((row) => this.#row(row))}</tbody>
      </table>
      <div class="more">${this.#more(rows.length)}</div>`;
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

  /** Numbers begin with the largest, names with the first; pressed again it is the other way around. */
  #head(key: SortKey, label: string, meaning: string): TemplateResult {
    const isOwn = this.sort.key === key;
    const order = isOwn ? (this.sort.isDescending ? 'descending' : 'ascending') : 'none';
    const mark = isOwn ? (this.sort.isDescending ? ' ↓' : ' ↑') : '';
    const press = () => (this.sort = { key, isDescending: isOwn ? !this.sort.isDescending : key !== 'name' });
    return html`<th scope="col" aria-sort=${order} title=${meaning || nothing}><button @click=${press}>${label}${mark}</button></th>`;
  }

  #row(row: TableRow): TemplateResult {
    const { name, node, score, line } = row;
    const where = line === undefined ? nothing : html` <span class="dim">${node.path}</span>`;
    return html`<tr @pointerenter=${() => this.#send('look', node)}>
      <td><button @click=${() => this.#press(row)} @focus=${() => this.#send('look', node)}>${name}</button>${where}</td>
      <td class="number">${formatBitsAlone(score.mean)}</td>
      <td class="number">${Number.isFinite(score.z) ? signedZ(score.z) : '–'}</td>
      <td class="number">${formatCount(score.tokens)}</td>
    </tr>`;
  }

  #press({ node, line }: TableRow): void {
    if (line !== undefined) this.#send('line', { path: node.path, line });
    else this.#send(node.file ? 'open' : 'zoom', node);
  }

  #send(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  #more(rows: number): TemplateResult {
    if (rows > this.most) return html`${button(t('Show More'), () => (this.most += ROWS))}`;
    if (this.listed !== 'functions')
      return html`${rows === 0 ? html`<p class="dim">${t('Nothing is read yet.')}</p>` : nothing}`;
    const read = filesOf(this.folder).filter(({ score }) => score.tokens > 0).length;
    const asked = this.#filesOfFunctions.filter((node) => !this.#symbols.of(node)).length;
    return html`${this.#symbols.problem === '' ? nothing : html`<p>${this.#symbols.problem}</p>`}
      ${asked > 0 ? html`<p class="dim">${t('The editor is asked for the functions of {0} files.', formatCount(asked))}</p>` : nothing}
      ${read > this.files ? html`<p class="dim">${t('Functions of the {0} files with the highest z.', formatCount(this.files))} ${button(t('Of More Files'), () => (this.files += FILES_OF_FUNCTIONS))}</p>` : nothing}`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-map-table': MapTableElement;
  }
}
