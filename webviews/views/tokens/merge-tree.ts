import { css, html, LitElement, type SVGTemplateResult, svg, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { formatCount } from '../../../src/display/numbers';
import type { MergeNode } from '../../../src/shared/inspector-api';
import { base } from '../../kit/styles';
import { t } from '../../l10n';

interface Placed {
  node: MergeNode;
  /** Middle, in characters from the left. */
  x: number;
  /** Merges below it at most: leaves are 0. */
  level: number;
  children: Placed[];
}

const CHARACTER = 9;
const LEVEL = 44;
const GAP_CHARACTERS = 2;

/** The merges that build a token, from its bytes below to the token above, with the rank of each. */
@customElement('vt-merge-tree')
export class MergeTreeElement extends LitElement {
  @property({ attribute: false }) accessor root: MergeNode | undefined;

  static override styles = [
    base,
    css`
      .tree { overflow-x: auto; }
      text { fill: currentcolor; font-family: var(--mono); font-size: 13px; text-anchor: middle; }
      .rank { fill: var(--dim); font-size: 11px; font-family: inherit; }
      path { fill: none; stroke: var(--dim); }
    `,
  ];

  /** The token stands above the middle of its bytes. */
  override updated(): void {
    const tree = this.renderRoot.querySelector('.tree');
    if (tree) tree.scrollLeft = (tree.scrollWidth - tree.clientWidth) / 2;
  }

  override render(): TemplateResult {
    if (!this.root) return html``;
    const { placed, width } = place(this.root);
    const height = (placed.level + 1) * LEVEL;
    const y = (level: number) => height - level * LEVEL - 14;
    // Keys scroll what is wider than its place.
    return html`<div class="tree" role="group" tabindex="0" aria-label=${t('Merges')}><svg
      role="img"
      aria-label=${describe(this.root)}
      width=${width * CHARACTER}
      height=${height}
      viewBox="0 0 ${width * CHARACTER} ${height}"
    >${draw(placed, y)}</svg></div>`;
  }
}

function place(root: MergeNode): { placed: Placed; width: number } {
  let width = 0;
  const visit = (node: MergeNode): Placed => {
    if (!node.merge) {
      const x = width + [...node.label].length / 2 + GAP_CHARACTERS / 2;
      width += Math.max([...node.label].length, 2) + GAP_CHARACTERS;
      return { node, x, level: 0, children: [] };
    }
    const children = [visit(node.merge.left), visit(node.merge.right)];
    const [left, right] = children as [Placed, Placed];
    return { node, x: (left.x + right.x) / 2, level: Math.max(left.level, right.level) + 1, children };
  };
  const placed = visit(root);
  return { placed, width: Math.max(width, [...root.label].length + GAP_CHARACTERS) };
}

function draw({ node, x, level, children }: Placed, y: (level: number) => number): SVGTemplateResult {
  const left = x * CHARACTER;
  const lines = children.map(
    (child) =>
      svg`<path d="M${left} ${y(level) + 18}V${y(level) + 22}H${child.x * CHARACTER}V${y(child.level) - 14}"></path>`,
  );
  const rank =
    node.merge && svg`<text class="rank number" x=${left} y=${y(level) + 14}>${formatCount(node.merge.rank)}</text>`;
  return svg`${lines}<text x=${left} y=${y(level)}>${node.label}</text>${rank ?? ''}${children.map((child) => draw(child, y))}`;
}

function describe(node: MergeNode): string {
  if (!node.merge) return node.label;
  const { rank, left, right } = node.merge;
  const parts = [left, right].map(describe).filter((part) => part.includes(' '));
  return [...parts, t('{0} and {1} make {2}, merge {3}', left.label, right.label, node.label, formatCount(rank))].join(
    '; ',
  );
}

declare global {
  interface HTMLElementTagNameMap {
    'vt-merge-tree': MergeTreeElement;
  }
}
