import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { messageOf } from '../../src/shared/errors';
import { type MapFile, type MapHost, type MapState, type MapView, WHOLE_VIEW } from '../../src/shared/map-api';
import { Memo } from '../kit/memo';
import { base } from '../kit/styles';
import { Theme } from '../kit/theme';
import { t } from '../l10n';
import './map-table';
import './node-details';
import './scan-bar';
import { Norms } from '../../src/workspace/map/score';
import { filesOf, type MapNode, mapTree, nodeAt, wayTo } from './tree';
import './treemap';
import './line-filter';
import { zLegend, zShare } from './z-scale';

/** The map of a workspace: its files as a picture and as a table, while the background reader reads them. */
@customElement('vt-map')
export class MapElement extends LitElement {
  @property({ attribute: false }) accessor host!: MapHost;
  @property({ attribute: false }) accessor state!: MapState;
  @property({ attribute: false }) accessor files!: Map<string, MapFile>;
  @state() accessor view = WHOLE_VIEW;
  /** The path of the folder that fills the picture. */
  @state() accessor zoomed = '';
  @state() accessor looked: MapNode | undefined;
  @state() accessor problem = '';
  readonly #theme = new Theme();
  readonly #norms = new Memo<Norms>();
  readonly #tree = new Memo<MapNode>();
  readonly #shares = new Memo<number[]>();

  static override styles = [
    base,
    css`
      main { display: grid; grid-template-columns: minmax(0, 1fr); gap: 8px; padding: 8px 12px; }
      .way { display: flex; flex-wrap: wrap; gap: 0 4px; align-items: baseline; }
      .way button { padding: 0; font: inherit; color: var(--vscode-textLink-foreground); background: none; border: 0; cursor: pointer; overflow-wrap: anywhere; }
      .way button[aria-current] { color: inherit; font-weight: 600; cursor: default; }
      .under { display: flex; flex-wrap: wrap; gap: 8px 16px; }
      vt-node-details { flex: 1 1 280px; min-width: 0; }
      .legend { max-width: 280px; font-size: 0.85em; }
      .legend p { margin: 0 0 4px; }
      .legend vt-legend { font-size: inherit; }
      .picture { display: flex; flex-direction: column; gap: 8px; min-height: 0; }
      vt-treemap { flex: none; height: clamp(240px, 56vh, 960px); }
      @media (min-width: 1100px) {
        main { grid-template-columns: minmax(0, 5fr) minmax(380px, 3fr); grid-auto-rows: min-content; height: 100vh; grid-template-rows: auto auto minmax(0, 1fr); }
        vt-scan-bar, vt-line-filter { grid-column: 1 / -1; }
        vt-treemap { flex: 1; min-height: 0; height: auto; }
        vt-map-table { min-height: 0; }
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    this.#theme.subscribe(() => this.requestUpdate());
  }

  change(state: Partial<MapState>, files: MapFile[], gone: string[]): void {
    this.state = { ...this.state, ...state };
    if (files.length + gone.length === 0) return;
    const all = new Map(this.files);
    for (const file of files) all.set(file.path, file);
    for (const path of gone) all.delete(path);
    this.files = all;
  }

  override render(): TemplateResult {
    const { host, state, view } = this;
    const norms = this.#norms.get([state.norms], () => new Norms(state.norms));
    const tree = this.#tree.get([this.files, norms, view], () => mapTree(this.files.values(), norms, view));
    const folder = nodeAt(tree, this.zoomed) ?? tree;
    const shares = this.#shares.get([folder], () => filesOf(folder).map(({ score }) => zShare(score.z)));
    const looked = this.looked && nodeAt(tree, this.looked.path);
    return html`<main
      @look=${({ detail }: CustomEvent<MapNode>) => (this.looked = detail)}
      @open=${({ detail }: CustomEvent<MapNode>) => this.#open(detail)}
    >
      <vt-scan-bar .host=${host} .state=${state} .problem=${this.problem}></vt-scan-bar>
      <vt-line-filter .view=${view} @view=${({ detail }: CustomEvent<MapView>) => (this.view = detail)}></vt-line-filter>
      <div class="picture">
        ${this.#way(tree, folder)}
        <vt-treemap .folder=${folder} .scale=${this.#theme.tint('warm')} .marked=${looked?.path ?? ''} @zoom=${({ detail }: CustomEvent<MapNode | undefined>) => this.#zoom(tree, detail)}></vt-treemap>
        <div class="under">
          <vt-node-details .host=${host} .node=${looked} .view=${view}></vt-node-details>
          <div class="legend"><p>${t('The stronger the colour, the more the lines of a file surprise the model, held against lines of the same language and kind. A dotted outline is not read yet.')}</p>${zLegend(this.#theme, shares)}</div>
        </div>
      </div>
      <vt-map-table @zoom=${({ detail }: CustomEvent<MapNode>) => this.#zoom(tree, detail)} .host=${host} .folder=${folder} .norms=${norms} .view=${view} @line=${({ detail }: CustomEvent) => this.#ask(host.open(detail))} @save=${({ detail }: CustomEvent) => this.#ask(host.save(detail))}></vt-map-table>
    </main>`;
  }

  /** From the folder that is mapped to the one that fills the picture. */
  #way(tree: MapNode, folder: MapNode): TemplateResult {
    const steps = wayTo(tree, folder.path);
    return html`<nav class="way" aria-label=${t('Where you are')}>${steps.map(
      (step, i) =>
        html`${i > 0 ? html`<span class="dim">/</span>` : nothing}<button aria-current=${i === steps.length - 1 ? 'location' : nothing} @click=${() => this.#zoom(tree, step)}>${step.name || this.state.name}</button>`,
    )}</nav>`;
  }

  /** @param node undefined for the folder around */
  #zoom(tree: MapNode, node: MapNode | undefined): void {
    this.zoomed = (node ?? wayTo(tree, this.zoomed).at(-2) ?? tree).path;
  }

  /** At its most surprising line; one that is not read yet is read next, and nobody waits for it. */
  async #open({ path, file }: MapNode): Promise<void> {
    const { host, view } = this;
    if (file?.sums) {
      const found = await host.mostSurprisingLine({ path, view }).catch(() => undefined);
      await this.#ask(host.open({ path, line: found?.line ?? 0 }));
    } else await this.#ask(Promise.all([host.readNext({ path }), host.open({ path, line: 0 })]));
  }

  async #ask(asked: Promise<unknown>): Promise<void> {
    try {
      this.problem = '';
      await asked;
    } catch (error) {
      this.problem = messageOf(error);
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-map': MapElement;
  }
}
