import { css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { formatCount } from '../../src/display/numbers';
import { WEIGHT_BITS } from '../../src/recording/coded-weights';
import { provenanceLines, provenanceOf } from '../../src/recording/provenance';
import { type ComparisonState, VIEWS_OF_OWN_TEXTS } from '../../src/shared/inspector-api';
import type { Work } from '../../src/shared/progress';
import { base } from '../kit/styles';
import { button } from '../kit/toolkit';
import { t } from '../l10n';
import { StoreElement } from '../store/store-element';
import { ExportJob } from './export-job';
import { type Legend, pictureOf, pngOf } from './picture';
import type { HasTables, Table } from './table';
import { csvOf, jsonOf, type TableContents } from './table-files';

/** Characters of a document's name that are enough to know it by. */
const LONGEST = 40;
/** What Windows, or a browser that saves, does not take in a name; and what is not seen. */
const FORBIDDEN = /[\\/:*?"<>|]|\p{C}/gu;

/** How files begin that are saved of a document's view: `mouse.txt-attention`; of a view alone where there is no document. */
export function fileName(view: string, title: string | undefined): string {
  const cleaned = (title ?? '').replace(FORBIDDEN, ' ').trim().replace(/^\.+/, '');
  const name = [...cleaned].slice(0, LONGEST).join('').trim().replace(/\s+/g, '-');
  return name ? `${name}-${view}` : view;
}

/** What can be saved of a view: its picture, its numbers, and the whole inspector. */
@customElement('vt-export-menu')
export class ExportMenuElement extends StoreElement {
  /** The view that is shown. */
  @property({ attribute: false }) accessor view: () => Element | undefined = () => undefined;
  /** Of files, without an extension. */
  @property() accessor name = '';
  /** The view's name, as it is shown. */
  @property() accessor label = '';
  @state() private accessor tables: Table[] = [];
  @query('[popover]') private accessor menu!: HTMLElement;
  @query('button') private accessor opener!: HTMLElement;
  readonly #job = new ExportJob(this);

  static override styles = [
    base,
    css`
      :host { flex: none; display: flex; flex-wrap: wrap; align-items: center; gap: 4px 8px; }
      [role='status'] { display: contents; }
      progress { width: 80px; }
      hr { margin: 4px 0; border: 0; border-top: 1px solid var(--vscode-menu-separatorBackground, var(--line)); }
      [role='menuitemcheckbox']::before { content: '✓ '; visibility: hidden; }
      [role='menuitemcheckbox'][aria-checked='true']::before { visibility: visible; }
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
      [popover] { max-width: min(480px, calc(100vw - 16px)); max-height: 80vh; overflow: auto; }
      [popover] button:hover,
      [popover] button:focus { color: var(--vscode-menu-selectionForeground, inherit); background: var(--vscode-menu-selectionBackground, transparent); }
    `,
  ];

  override render(): TemplateResult {
    return html`<button aria-haspopup="menu" @click=${this.#open}>${t('Export')} ▾</button>
      <div role="status">${this.#job.isRunning ? this.#progress() : nothing}</div>
      ${this.#job.failure ? html`<p role="alert">${this.#job.failure}</p>` : nothing}
      <div popover role="menu" aria-label=${t('Export')} @keydown=${this.#keyPressed}>
        ${this.#item(t('Picture of this view, SVG'), async () => this.#save(`${this.name}.svg`, this.#picture()))}
        ${this.#item(t('Picture of this view, PNG'), async () => this.#save(`${this.name}.png`, await pngOf(this.#picture(), this.#legend)))}
        ${this.tables.length > 0 ? html`<hr />` : nothing}
        ${this.tables.map((table) => this.#tableItems(table))}
        ${this.tables.length > 0 ? this.#guardItem() : nothing}
        ${this.tables.length > 0 && this.store.isLive ? this.#item(t('What the columns mean'), () => this.store.host.run('explainTables')) : nothing}
        ${this.store.isLive ? html`<hr />${this.#item(t('The whole inspector, one HTML file'), () => this.store.host.saveInspector())}` : nothing}
      </div>`;
  }

  /** Of what takes long, which is only known once it says how far it is. */
  #progress(): TemplateResult | typeof nothing {
    const { progress } = this.#job;
    if (!progress) return nothing;
    const text = t('{0} of {1}', formatCount(progress.done), formatCount(progress.total));
    return html`<progress max=${progress.total} value=${progress.done} aria-label=${t('Making the table')} title=${text}></progress>
      ${button(t('Cancel'), () => this.#job.cancel())}`;
  }

  #tableItems(table: Table): TemplateResult {
    const save = (extension: string, contentOf: (made: TableContents) => string) => async (work: Work) => {
      const rows = await table.rows(work);
      work.signal.throwIfAborted();
      const { model, ablated, steering } = this.store.state;
      const isRounded = table.hasWeights && !this.store.isLive;
      const provenance = {
        ...provenanceOf(model, table.ablated ?? ablated, table.ablated ? undefined : steering, this.#comparison),
        ...(isRounded ? { attentionBits: WEIGHT_BITS } : {}),
      };
      await this.#save(
        `${this.name}-${table.name}.${extension}`,
        contentOf({ columns: table.columns, rows, provenance }),
      );
    };
    return html`${this.#item(
      t('Table {0}, CSV', table.label),
      save('csv', (made) => csvOf(made, this.#guards)),
    )}
      ${this.#item(t('Table {0}, JSON', table.label), save('json', jsonOf))}`;
  }

  /** Where the view shows two models. */
  get #comparison(): ComparisonState | undefined {
    const { view, comparison } = this.store.state;
    return view === 'difference' ? comparison : undefined;
  }

  /** Off until somebody wants it: it alters texts. */
  get #guards(): boolean {
    return this.store.viewState.get('export.guard', false);
  }

  #guardItem(): TemplateResult {
    const toggle = () => {
      this.store.viewState.set('export.guard', !this.#guards);
      this.requestUpdate();
    };
    return html`<button
      role="menuitemcheckbox"
      tabindex="-1"
      aria-checked=${this.#guards}
      title=${t('Spreadsheets take a token such as =1 for a formula. The apostrophe keeps them from it, and alters the token.')}
      @click=${toggle}
    >${t("In CSV, put ' before = + - @")}</button>`;
  }

  #item(label: string, make: (work: Work) => Promise<void>): TemplateResult {
    const choose = () => {
      this.menu.hidePopover();
      void this.#job.run(make);
    };
    return html`<button role="menuitem" tabindex="-1" @click=${choose}>${label}</button>`;
  }

  #picture(): string {
    const view = this.view();
    if (!view) throw new Error('There is no view.');
    return pictureOf(view, this.#legend);
  }

  /** What a picture shows, and what it comes from. */
  get #legend(): Legend {
    const { model, ablated, steering, subject, view } = this.store.state;
    const isOfText = !VIEWS_OF_OWN_TEXTS.includes(view);
    const title = [this.label, isOfText && subject?.title].filter(Boolean).join(' · ');
    return { title, description: provenanceLines(provenanceOf(model, ablated, steering, this.#comparison)).join('\n') };
  }

  #save(name: string, content: string | Uint8Array): Promise<void> {
    return this.store.host.save({ name, content });
  }

  async #open(): Promise<void> {
    // What the view has by now.
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
