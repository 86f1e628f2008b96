import type { Lenses, ReadTokens } from '../../../src/shared/inspector-api';
import type { ViewState } from '../../store/view-state';
import { type Branch, grow, newRoot } from './branches';

const KEPT = 'continue.tree';
/** A larger tree is not kept. */
const MOST_TOKENS = 2000;

/** A tree as it is kept: each token with the index of the one before, in order; −1 is the text. */
interface KeptTree {
  text: string;
  tokens: [before: number, id: number, logprob: number, rank: number, drawnWith: number | null][];
  end: number;
}

/** Keeps the tree of a text, so that a view that is left or a window that is reloaded finds it again. */
export function keepTree(viewState: ViewState, text: ReadTokens, root: Branch, end: Branch): void {
  const branches: Branch[] = [];
  const visit = (branch: Branch): void => {
    for (const child of branch.children) {
      branches.push(child);
      visit(child);
    }
  };
  visit(root);
  if (branches.length > MOST_TOKENS) return;
  const indexOf = new Map(branches.map((branch, i) => [branch, i]));
  const indexAt = (branch: Branch | undefined) => (branch && indexOf.get(branch)) ?? -1;
  const tree: KeptTree = {
    text: textKey(text),
    tokens: branches.map(({ parent, id, logprob, rank, drawnWith }) => [
      indexAt(parent),
      id,
      logprob,
      rank,
      drawnWith ?? null,
    ]),
    end: indexAt(end),
  };
  viewState.set(KEPT, JSON.stringify(tree));
}

/** The tree that was kept of this text, and where it ended; undefined where none was. */
export async function keptTree(
  viewState: ViewState,
  text: ReadTokens,
  lenses: Lenses,
): Promise<{ root: Branch; end: Branch } | undefined> {
  const kept = viewState.get(KEPT, '');
  if (kept === '') return undefined;
  const tree = JSON.parse(kept) as KeptTree;
  if (tree.text !== textKey(text) || tree.tokens.length === 0) return undefined;
  const descriptions = await lenses.describe({ ids: tree.tokens.map(([, id]) => id) });
  const root = newRoot();
  const branches: Branch[] = [];
  for (const [i, [before, id, logprob, rank, drawnWith]] of tree.tokens.entries()) {
    const description = descriptions[i];
    if (!description) return undefined;
    const taken = { id, logprob, rank, drawnWith: drawnWith ?? undefined };
    branches.push(grow(branches[before] ?? root, taken, description));
  }
  return { root, end: branches[tree.end] ?? root };
}

/** Other tokens have another key (FNV-1a, 32 bits, and how many there are). */
function textKey({ ids }: ReadTokens): string {
  let hash = 0x811c9dc5;
  for (const id of ids) hash = Math.imul(hash ^ id, 0x01000193) >>> 0;
  return `${ids.length} ${hash}`;
}
