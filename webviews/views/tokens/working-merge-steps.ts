import { type MergeNode, pairKey, type TokenPair } from '../../../src/shared/inspector-api';

/** A pair that a merge joins, by the place of its left piece in the row. */
export interface JoinedPair {
  at: number;
  rank: number;
}

/** Pieces of a word, left to right, and of those that are neighbours the pairs that merges join. */
export interface MergeRow {
  pieces: MergeNode[];
  pairs: JoinedPair[];
}

/**
 * Byte-pair encoding (Sennrich et al. 2016, arXiv 1508.07909) of a word from its bytes to its tokens, one merge at a time:
 * of the pairs there are, the one that was learnt earliest, and of two alike the left one.
 *
 * @param tokens as merges build them, in order: no merge reaches across the borders of what became a token
 * @returns a row before the first merge, and one after each
 */
export function mergeRows(tokens: readonly MergeNode[]): MergeRow[] {
  const parents = new Map<MergeNode, MergeNode>();
  const rows: MergeRow[] = [
    rowOf(
      tokens.flatMap((token) => leavesOf(token, parents)),
      parents,
    ),
  ];
  for (;;) {
    const { pieces, pairs } = rows.at(-1) as MergeRow;
    const next = earliest(pairs);
    if (!next) return rows;
    const joined = parents.get(pieces[next.at] as MergeNode) as MergeNode;
    rows.push(rowOf(pieces.toSpliced(next.at, 2, joined), parents));
  }
}

/** Every pair of neighbours in any row, each once. */
export function neighboursIn(rows: readonly MergeRow[]): TokenPair[] {
  const pairs = rows.flatMap(({ pieces }) => pieces.slice(1).map((_, at) => pairOf(pieces, at)));
  return [...new Map(pairs.map((pair) => [pairKey(pair), pair])).values()];
}

/**
 * The number of the merge that may join each piece with the next one; undefined where none may. A pair with a lower number
 * than the one that is joined stands where the text was split before any merge, and so does one that is left at the end.
 */
export function numbersOf(
  { pieces, pairs }: MergeRow,
  ranks: Readonly<Record<string, number>>,
): (number | undefined)[] {
  const lowest = earliest(pairs)?.rank ?? Number.POSITIVE_INFINITY;
  return pieces.slice(1).map((_, at) => {
    const rank = ranks[pairKey(pairOf(pieces, at))];
    return rank === undefined || rank < lowest ? undefined : rank;
  });
}

/** The pair that is joined first. */
export function earliest(pairs: readonly JoinedPair[]): JoinedPair | undefined {
  return pairs.reduce<JoinedPair | undefined>(
    (first, pair) => (first === undefined || pair.rank < first.rank ? pair : first),
    undefined,
  );
}

function leavesOf(node: MergeNode, parents: Map<MergeNode, MergeNode>): MergeNode[] {
  if (!node.merge) return [node];
  const children = [node.merge.left, node.merge.right];
  for (const child of children) parents.set(child, node);
  return children.flatMap((child) => leavesOf(child, parents));
}

function rowOf(pieces: MergeNode[], parents: ReadonlyMap<MergeNode, MergeNode>): MergeRow {
  const pairs = pieces.flatMap((piece, at): JoinedPair[] => {
    const merge = parents.get(piece)?.merge;
    return merge?.left === piece && merge.right === pieces[at + 1] ? [{ at, rank: merge.rank }] : [];
  });
  return { pieces, pairs };
}

function pairOf(pieces: readonly MergeNode[], at: number): TokenPair {
  return [(pieces[at] as MergeNode).id, (pieces[at + 1] as MergeNode).id];
}
