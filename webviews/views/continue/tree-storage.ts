import { steeringKey } from '../../../src/shared/steering';
import type { ViewStore } from '../../store/view-store';
import { aheadOf, type Branch, grow, newRoot, pathTo } from './branches';

const STATE_KEY = 'continue.tree';
/** A larger tree is not saved. */
const MOST_TOKENS = 2000;

/** A tree as it is saved: each token with the index of the one before, in order; −1 is the text. */
interface SerializedTree {
  /** What it belongs to. */
  key: string;
  tokens: [before: number, id: number, logprob: number, rank: number, drawnWith: number | null][];
  end: number;
  /** The last of those that come after the end; −1 where none does. */
  ahead: number;
}

/** Keeps the tree, so that a view that is left or a window that is reloaded finds it again. */
export function saveTree(store: ViewStore, root: Branch, end: Branch): void {
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
  const tree: SerializedTree = {
    key: textKey(store),
    tokens: branches.map(({ parent, id, logprob, rank, drawnWith }) => [
      indexAt(parent),
      id,
      logprob,
      rank,
      drawnWith ?? null,
    ]),
    end: indexAt(end),
    ahead: indexAt(aheadOf(end).at(-1)),
  };
  store.viewState.set(STATE_KEY, JSON.stringify(tree));
}

/** The tree that was saved of the text, and where it ended; undefined where none was. */
export async function loadTree(store: ViewStore): Promise<{ root: Branch; end: Branch } | undefined> {
  const json = store.viewState.get(STATE_KEY, '');
  if (json === '') return undefined;
  const tree = JSON.parse(json) as SerializedTree;
  if (tree.key !== textKey(store) || tree.tokens.length === 0) return undefined;
  const descriptions = await store.lenses.describe({ ids: tree.tokens.map(([, id]) => id) });
  const root = newRoot();
  const branches: Branch[] = [];
  for (const [i, [before, id, logprob, rank, drawnWith]] of tree.tokens.entries()) {
    const description = descriptions[i];
    if (!description) return undefined;
    const taken = { id, logprob, rank, drawnWith: drawnWith ?? undefined };
    branches.push(grow(branches[before] ?? root, taken, description));
  }
  const end = branches[tree.end] ?? root;
  const ahead = branches[tree.ahead] ?? end;
  for (const branch of [root, ...branches]) branch.latest = undefined;
  for (const branch of pathTo(ahead)) if (branch.parent) branch.parent.latest = branch;
  return { root, end };
}

/** What decides all probabilities: the model, what is changed in it, and the tokens (FNV-1a, 32 bits, and their number). */
export function textKey({ state, subject }: ViewStore): string {
  const ids = subject?.read?.ids ?? new Uint32Array();
  let hash = 0x811c9dc5;
  for (const id of ids) hash = Math.imul(hash ^ id, 0x01000193) >>> 0;
  return JSON.stringify([state.model?.name, state.ablated, steeringKey(state.steering), ids.length, hash]);
}
