import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { base } from '../kit/styles';
import '../kit/toolkit';
import { t } from '../l10n';
import { StoreElement } from '../store/store-element';
import { pictureOf, pngOf } from './picture';
import { csvOf, type HasTables, jsonOf, type Table } from './table';

/** What can be saved of a view: its picture, its numbers, and the whole inspector. */
@customElement('vt-export-menu')
export class ExportMenuElement extends StoreElement {
  /** The view that is shown. */
  @property({ attribute: false }) accessor view: () => Element | undefined = () => undefined;
  /** Of files, without an extension. */
  @property() accessor name = '';
  @state() private accessor tables: Table[] = [];
  @query('[popover]') private accessor menu!: HTMLElement;
  @query('button') private accessor opener!: HTMLElement;

  static override styles = [
    base,
    css`
      :host { flex: none; }
      button { font: inherit; color: inherit; background: none; border: 0; padding: 4px 8px; cursor: pointer; text-align: start; }
      button:hover { background: var(--vscode-toolbar-hoverBackground, var(--vscode-list-hoverBackground)); }
      [popover] {
        position: fixed;
        inset: auto;
        margin: 0;
        padding: 4px 0;
        color: var(--vscode-menu-foreground, inherit);
        background: var(--vscode-menu-background, var(--vscode-editor-background));
        border: 1px solid var(--vscode-menu-border, var(--line));
      }
      [popover] button { display: block; width: 100%; padding: 4px 16px; }
      [popover] button:hover,
      [popover] button:focus { color: var(--vscode-menu-selectionForeground, inherit); background: var(--vscode-menu-selectionBackground, transparent); }
    `,
  ];

  override render(): TemplateResult {
    return html`<button aria-haspopup="menu" @click=${this.#open}>${t('Export')} ▾</button>
      <div popover role="menu" aria-label=${t('Export')} @keydown=${this.#keyPressed} @click=${() => this.menu.hidePopover()}>
        ${this.#item(t('Picture of this view, SVG'), () => this.#save('svg', this.#picture()))}
        ${this.#item(t('Picture of this view, PNG'), async () => this.#save('png', await pngOf(this.#picture())))}
        ${this.tables.map((table) => this.#tableItems(table))}
        ${this.store.isLive ? this.#item(t('The whole inspector, one HTML file'), () => this.store.host.saveInspector()) : nothing}
      </div>`;
  }

  #tableItems(table: Table): TemplateResult {
    const save = (extension: string, content: string) =>
      this.store.host.save({ name: `${this.name}-${table.name}.${extension}`, content });
    return html`${this.#item(t('Table {0}, CSV', table.name), () => save('csv', csvOf(table)))}
      ${this.#item(t('Table {0}, JSON', table.name), () => save('json', jsonOf(table)))}`;
  }

  #item(label: string, run: () => Promise<void>): TemplateResult {
    return html`<button role="menuitem" tabindex="-1" @click=${() => void run()}>${label}</button>`;
  }

  #picture(): string {
    const view = this.view();
    if (!view) throw new Error('There is no view.');
    return pictureOf(view);
  }

  #save(extension: string, content: string | Uint8Array): Promise<void> {
    return this.store.host.save({ name: `${this.name}.${extension}`, content });
  }

  async #open(): Promise<void> {
    // What the view has by now; asked for only here, for a long text's tables take long to make.
    const view = this.view() as Partial<HasTables> | undefined;
    this.tables = view?.tables?.() ?? [];
    await this.updateComplete;
    this.menu.showPopover();
    const { right, bottom } = this.opener.getBoundingClientRect();
    this.menu.style.top = `${bottom}px`;
    this.menu.style.left = `${Math.max(4, right - this.menu.offsetWidth)}px`;
    this.menu.querySelector('button')?.focus();
  }

  #keyPressed(event: KeyboardEvent): void {
    const items = [...this.menu.querySelectorAll('button')];
    const at = items.indexOf(event.composedPath()[0] as HTMLButtonElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      items[(at + step + items.length) % items.length]?.focus();
    } else if (event.key === 'Escape') this.opener.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-export-menu': ExportMenuElement;
  }
}
