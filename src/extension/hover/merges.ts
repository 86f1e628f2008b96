import { type Derivation, isMerge, type Merge, type Tokenizer } from '../../tokenizer';
import { visibleToken } from '../visible-token';

/** A merge on the way to a token. */
export interface MergeStep {
  /** Its place in the order in which merges were learnt, 0 first. */
  rank: number;
  left: string;
  right: string;
  merged: string;
}

/** The merges that build a token, in the order in which they apply; none for a byte, or a token that no merges build. */
export function mergesOf(tokenizer: Tokenizer, id: number): MergeStep[] {
  const tree = tokenizer.derivation(id);
  const label = (node: Derivation) => visibleToken(tokenizer.tokenBytes(node.id));
  return (tree ? mergesIn(tree) : [])
    .sort((one, other) => one.rank - other.rank)
    .map((merge) => ({
      rank: merge.rank,
      left: label(merge.left),
      right: label(merge.right),
      merged: label(merge),
    }));
}

function mergesIn(node: Derivation): Merge[] {
  return isMerge(node) ? [...mergesIn(node.left), ...mergesIn(node.right), node] : [];
}
