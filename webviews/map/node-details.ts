import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { visibleText } from '../../src/display/glyphs';
import { formatBits, formatZ } from '../../src/display/numbers';
import { messageOf } from '../../src/shared/errors';
import type { MapHost, MapLine, MapView } from '../../src/shared/map-api';
import { base } from '../kit/styles';
import { t } from '../l10n';
import { newNamesText, scoreText } from './texts';
import type { MapNode } from './tree';

/** Who only passes over a file does not ask of it. */
const PASSING_MS = 120;

/** What is known of the file or folder that somebody looks at, and its most surprising line. */
@customElement('vt-node-details')
export class NodeDetailsElement extends LitElement {
  @property({ attribute: false }) accessor host!: MapHost;
  @property({ attribute: false }) accessor node: MapNode | undefined;
  @property({ attribute: false }) accessor view!: MapView;
  @state() accessor line: MapLine | undefined;
  @state() accessor problem = '';
  #asked = '';
  #waiting: ReturnType<typeof setTimeout> | undefined;

  static override styles = [
    base,
    css`
      :host { min-height: 64px; }
      .path { font-weight: 600; overflow-wrap: anywhere; }
      .line { display: block; overflow: hidden; text-overflow: ellipsis; white-space: pre; font-family: var(--mono); font-size: var(--vscode-editor-font-size, 12px); }
      mark { color: inherit; background: none; outline: 1px solid currentcolor; outline-offset: -1px; }
    `,
  ];

  override render(): TemplateResult {
    const { node, line, view } = this;
    if (!node)
      return html`<p class="dim">${t('Point at a file to see its most surprising line. Press one to open it there, press a folder to look into it. A file that is not read yet is read next where it is pressed.')}</p>`;
    return html`<div><span class="path">${node.title}</span> <span class="number dim">${[scoreText(node), newNamesText(node, view)].filter(Boolean).join(' · ')}</span></div>
      ${line ? lineOf(line) : nothing}${this.problem === '' ? nothing : html`<p>${this.problem}</p>`}`;
  }

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('node') && !changed.has('view')) return;
    const { node, view } = this;
    const asked = JSON.stringify([node?.path, node?.score.tokens, view]);
    if (asked === this.#asked) return;
    this.#asked = asked;
    this.line = undefined;
    this.problem = '';
    clearTimeout(this.#waiting);
    if (node?.file?.sums) this.#waiting = setTimeout(() => void this.#ask(node.path, asked), PASSING_MS);
  }

  async #ask(path: string, asked: string): Promise<void> {
    try {
      const line = await this.host.mostSurprisingLine({ path, view: this.view });
      if (asked === this.#asked) this.line = line;
    } catch (error) {
      if (asked === this.#asked) this.problem = messageOf(error);
    }
  }
}

function lineOf({ line, text, z, worst, expected }: MapLine): TemplateResult {
  const { start, end, bits } = worst;
  const beginning = text.length - text.trimStart().length;
  const what = Number.isFinite(z) ? t('line {0}, z {1}', line + 1, formatZ(z)) : t('line {0}', line + 1);
  return html`<code class="line">${text.slice(Math.min(beginning, start), start)}<mark>${text.slice(start, end)}</mark>${text.slice(end)}</code>
    <div class="number dim">${what} · ${
      expected === undefined
        ? t('{0} at its most surprising token', formatBits(bits))
        : html`${t('{0} at its most surprising token; the model expected', formatBits(bits))} <span class="mono">${visibleText(expected)}</span>`
    }</div>`;
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-node-details': NodeDetailsElement;
  }
}
