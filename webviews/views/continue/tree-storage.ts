import type { ViewStore } from '../../store/view-store';
import { aheadOf, type Branch, type BranchToken, grow, newRoot, pathTo, tokenOf } from './branches';

const STATE_KEY = 'continue.branches';
/** A larger tree is not saved. */
const MOST_TOKENS = 2000;

type SerializedToken = [
  before: number,
  id: number,
  logprob: number,
  rank: number,
  drawnWith: number | null,
  writer: string,
  /** What the model in use cannot say of it: it is of another's vocabulary. */
  foreign: Pick<BranchToken, 'vocabulary' | 'label' | 'bytes' | 'isControl' | 'ends'> | null,
];

/** A tree as it is saved: each token with the index of the one before, in order; −1 is the text. */
interface SerializedTree {
  /** What it belongs to. */
  key: string;
  tokens: SerializedToken[];
  end: number;
  /** The last of those that come after the end; −1 where none does. */
  ahead: number;
}

/** Keeps the tree, so that a view that is left or a window that is reloaded finds it again. @param key of what it belongs to */
export function saveTree({ viewState }: ViewStore, key: string, root: Branch, end: Branch): void {
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
    key,
    tokens: branches.map((branch) => serialized(branch, indexAt(branch.parent))),
    end: indexAt(end),
    ahead: indexAt(aheadOf(end).at(-1)),
  };
  viewState.set(STATE_KEY, JSON.stringify(tree));
}

function serialized(branch: Branch, before: number): SerializedToken {
  const { id, logprob, rank, drawnWith, writer, vocabulary, label, bytes, isControl, ends } = branch;
  const foreign = vocabulary === '' ? null : { vocabulary, label, bytes, isControl, ends };
  return [before, id, logprob, rank, drawnWith ?? null, writer, foreign];
}

/** The tree that was saved under a key, and where it ended; undefined where none was. */
export async function loadTree(
  { viewState, lenses }: ViewStore,
  key: string,
): Promise<{ root: Branch; end: Branch } | undefined> {
  const json = viewState.get(STATE_KEY, '');
  if (json === '') return undefined;
  const tree = JSON.parse(json) as SerializedTree;
  if (tree.key !== key || tree.tokens.length === 0) return undefined;
  const own = tree.tokens.flatMap(([, id, , , , , foreign]) => (foreign ? [] : [id]));
  const descriptions = await lenses.describe({ ids: own });
  const root = newRoot();
  const branches: Branch[] = [];
  for (const [before, id, logprob, rank, drawnWith, writer, foreign] of tree.tokens) {
    const description = foreign ? undefined : descriptions.shift();
    const token = foreign ? { id, ...foreign } : description && { vocabulary: '', ...tokenOf(id, description) };
    if (!token) return undefined;
    const taken = { ...token, logprob, rank, drawnWith: drawnWith ?? undefined, writer };
    branches.push(grow(branches[before] ?? root, taken));
  }
  const end = branches[tree.end] ?? root;
  const ahead = branches[tree.ahead] ?? end;
  for (const branch of [root, ...branches]) branch.latest = undefined;
  for (const branch of pathTo(ahead)) if (branch.parent) branch.parent.latest = branch;
  return { root, end };
}
