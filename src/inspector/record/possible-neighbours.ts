import { type MergeNode, pairKey, type TokenPair } from '../../shared/inspector-api';

type Piece = Pick<MergeNode, 'id' | 'merge'>;

/** Every pair of pieces that can stand side by side while merges build the tokens of a text, each once. */
export function possibleNeighbours(tokens: readonly Piece[]): TokenPair[] {
  const pairs = new Map<string, TokenPair>();
  const visited = new Set<number>();
  const meet = (left: Piece, right: Piece) => {
    for (const one of edge(left, 'right')) {
      for (const other of edge(right, 'left')) pairs.set(pairKey([one, other]), [one, other]);
    }
  };
  const visit = ({ id, merge }: Piece) => {
    if (!merge || visited.has(id)) return;
    visited.add(id);
    visit(merge.left);
    visit(merge.right);
    meet(merge.left, merge.right);
  };
  for (const [i, token] of tokens.entries()) {
    visit(token);
    const next = tokens[i + 1];
    if (next) meet(token, next);
  }
  return [...pairs.values()];
}

/** A token and the pieces that it begins or ends with. */
function edge({ id, merge }: Piece, side: 'left' | 'right'): number[] {
  return merge ? [id, ...edge(merge[side], side)] : [id];
}
