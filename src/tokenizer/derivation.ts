import type { Alphabet } from './bpe/alphabet';
import type { Merges } from './bpe/merges';

/** How merges build a token: a tree whose leaves are bytes (in SentencePiece, characters), in the token's order. */
export type Derivation = Leaf | Merge;

export interface Leaf {
  id: number;
}

export interface Merge {
  id: number;
  /** The merge's place in the order of merges, 0 first: the lower, the earlier it was learnt and the sooner it applies. */
  rank: number;
  left: Derivation;
  right: Derivation;
}

export function isMerge(node: Derivation): node is Merge {
  return 'rank' in node;
}

/**
 * The merges that build a token from its bytes. In any text in which the token occurs they are the same, for no merge
 * reaches across the borders of what became a token.
 *
 * @returns undefined for a token that no merges build, such as one that only a whole piece can be
 */
export function derive(alphabet: Alphabet, merges: Merges, id: number): Derivation | undefined {
  const row: Derivation[] = alphabet.symbolsOfToken(id).map((symbol) => ({ id: symbol }));
  while (row.length > 1) {
    let best = -1;
    let bestPair = -1;
    for (let i = 0; i + 1 < row.length; i++) {
      const pair = merges.pairOf(row[i]?.id ?? -1, row[i + 1]?.id ?? -1);
      if (pair < 0 || (best >= 0 && merges.rankOf(pair) >= merges.rankOf(bestPair))) continue;
      best = i;
      bestPair = pair;
    }
    const left = row[best];
    const right = row[best + 1];
    if (!left || !right) return undefined;
    row.splice(best, 2, { id: merges.tokenOf(bestPair), rank: merges.rankOf(bestPair), left, right });
  }
  return row[0]?.id === id ? row[0] : undefined;
}
