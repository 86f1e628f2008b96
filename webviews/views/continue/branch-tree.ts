import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { formatLogprobShort } from '../../../src/display/numbers';
import { reveal } from '../../kit/reveal';
import { styled } from '../../kit/styled';
import { base } from '../../kit/styles';
import { t } from '../../l10n';
import { type Branch, pathTo } from './branches';
import type { WriterNames } from './writer';

const INDENT = 16;
const DEEPEST_INDENT = 4;

/** Tokens one after another without a branch in between, as they are drawn: one line. */
interface BranchLine {
  /** What the line goes off from; undefined for the first. */
  from: Branch | undefined;
  /** Branchings on the way to it. */
  level: number;
  tokens: Branch[];
}

/** The whole tree in lines: each goes on with the first token that was taken, the others begin lines below it. */
function branchLines(root: Branch): BranchLine[] {
  const lines: BranchLine[] = [];
  const visit = (start: Branch, from: Branch | undefined, level: number): void => {
    const tokens: Branch[] = [];
    for (let at: Branch | undefined = start; at; at = at.children[0]) tokens.push(at);
    lines.push({ from, level, tokens });
    for (const token of tokens) for (const other of token.children.slice(1)) visit(other, token, level + 1);
  };
  visit(root, undefined, 0);
  return lines;
}

/**
 * Every token that was drawn or taken, each with its probability. Left and right go along a branch, up and down to the
 * branches beside it. Event: `branch-select` with the branch to go to.
 */
@customElement('vt-branch-tree')
export class BranchTreeElement extends LitElement {
  @property({ attribute: false }) accessor root!: Branch;
  /** Where the text ends now. */
  @property({ attribute: false }) accessor end!: Branch;
  /** Another for every change of the tree. */
  @property({ attribute: false }) accessor revision = 0;
  /** What writers are called, by what branches have of them; one that is not among them, by that. */
  @property({ attribute: false }) accessor names: WriterNames = new Map();
  @query('[role="tree"]') private accessor tree!: HTMLElement;
  readonly #elements = new Map<Branch, Element>();

  static override styles = [
    base,
    css`
      [role='tree'] { max-height: 40vh; overflow: auto; padding: 2px; }
      .line { display: flex; flex-wrap: wrap; gap: 2px 4px; align-items: baseline; padding-block: 2px; }
      .from { color: var(--dim); }
      [role='treeitem'] { padding: 0 4px; border: 1px solid var(--line); cursor: pointer; white-space: nowrap; }
      [role='treeitem']:hover { background: var(--vscode-list-hoverBackground); }
      [aria-selected='true'] { outline: 2px solid var(--accent); }
      .path { border-bottom: 2px solid currentcolor; }
      .label { font-family: var(--mono); white-space: pre; }
      .writer { margin-inline-start: 4px; padding: 0 2px; font-size: 0.8em; border: 1px solid var(--line); }
      .probability { color: var(--dim); font-size: 0.9em; margin-inline-start: 4px; }
    `,
  ];

  override render(): TemplateResult {
    const path = new Set(pathTo(this.end));
    return html`<div role="tree" aria-label=${t('Branches')} @keydown=${this.#keyPressed}>
      ${branchLines(this.root).map((line) => this.#line(line, path))}
    </div>`;
  }

  override updated(): void {
    this.#elements.clear();
    const items = this.renderRoot.querySelectorAll('[role="treeitem"]');
    const branches = branchLines(this.root).flatMap(({ tokens }) => tokens);
    for (const [i, branch] of branches.entries()) {
      const item = items[i];
      if (item) this.#elements.set(branch, item);
    }
    const item = this.#elements.get(this.end);
    if (item) reveal(this.tree, item);
  }

  #line({ from, level, tokens }: BranchLine, path: ReadonlySet<Branch>): TemplateResult {
    const indent = `${INDENT * Math.min(level, DEEPEST_INDENT)}px`;
    return html`<div class="line" role="none" ${styled({ 'padding-inline-start': indent })}>
      ${from ? html`<span class="from" aria-hidden="true">↳ ${t('after')} <span class="label">${this.#labelOf(from)}</span></span>` : nothing}
      ${tokens.map((branch) => this.#item(branch, path.has(branch)))}
    </div>`;
  }

  #item(branch: Branch, isOnPath: boolean): TemplateResult {
    const { parent, logprob, id } = branch;
    const siblings = parent?.children ?? [branch];
    return html`<span
      role="treeitem"
      class=${isOnPath ? 'path' : ''}
      data-id=${id}
      tabindex=${branch === this.end ? 0 : -1}
      aria-level=${pathTo(branch).length + 1}
      aria-setsize=${siblings.length}
      aria-posinset=${siblings.indexOf(branch) + 1}
      aria-selected=${branch === this.end}
      @click=${() => this.#select(branch)}
      ><span class="label">${this.#labelOf(branch)}</span
      >${parent ? html`<span class="probability number">${formatLogprobShort(logprob)}</span>${this.#writer(branch)}` : nothing}</span
    >`;
  }

  #writer({ writer }: Branch): TemplateResult | typeof nothing {
    const { letter, name } = this.names.get(writer) ?? { letter: writer, name: writer };
    if (letter === '') return nothing;
    return html`<span class="writer" title=${t('written by {0}', name)}><span class="unseen">${t('written by')} </span>${letter}</span>`;
  }

  #labelOf({ parent, label }: Branch): string {
    return parent ? label : t('the text');
  }

  #select(branch: Branch): void {
    this.dispatchEvent(new CustomEvent('branch-select', { detail: branch, bubbles: true, composed: true }));
  }

  async #keyPressed(event: KeyboardEvent): Promise<void> {
    const target = this.#targetOf(event.key);
    if (!target) return;
    event.preventDefault();
    this.#select(target);
    await this.updateComplete;
    (this.#elements.get(target) as HTMLElement | undefined)?.focus({ preventScroll: true });
  }

  #targetOf(key: string): Branch | undefined {
    switch (key) {
      case 'ArrowLeft':
        return this.end.parent;
      case 'ArrowRight':
        return this.end.latest ?? this.end.children[0];
      case 'ArrowUp':
        return besideOf(this.end, -1);
      case 'ArrowDown':
        return besideOf(this.end, 1);
      case 'Home':
        return this.root;
      default:
        return undefined;
    }
  }
}

/** The branch beside this one, or beside the nearest before it that has any on that side. */
function besideOf(branch: Branch, step: -1 | 1): Branch | undefined {
  for (let at = branch; at.parent; at = at.parent) {
    const beside = at.parent.children[at.parent.children.indexOf(at) + step];
    if (beside) return beside;
  }
  return undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-branch-tree': BranchTreeElement;
  }
}
