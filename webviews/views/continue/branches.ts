import type { TokenDescription } from '../../../src/shared/engine-api';
import { candidateLabel } from '../../kit/candidate-label';

/** A token after the text, drawn or taken by hand; or the root, which is the text itself. */
export interface Branch {
  /** Of the token; −1 for the root. */
  id: number;
  label: string;
  /** In hexadecimal. */
  bytes: string;
  isControl: boolean;
  /** Whether a text ends with this token. */
  ends: boolean;
  /** Natural logarithm of its probability, as the model gave it. */
  logprob: number;
  /** How many tokens were more probable. */
  rank: number;
  /** Its probability among those that sampling had left; undefined where it was taken by hand. */
  drawnWith: number | undefined;
  /** The name of the model that wrote it; empty for the one in use. */
  writer: string;
  /** Where its number belongs: empty for the vocabulary of the model in use, else the name of the model that has another. */
  vocabulary: string;
  parent: Branch | undefined;
  children: Branch[];
  /** The child that was taken last. */
  latest: Branch | undefined;
  /** What models computed up to here, by their names, while engines keep it. */
  reads: Map<string, ReadTo>;
}

/** A text that a model has read to its end. */
export interface ReadTo {
  trace: number;
  /** Of the whole text, where those of the branch's tokens are not what the model read. */
  ids: readonly number[] | undefined;
}

export type BranchToken = Omit<Branch, 'parent' | 'children' | 'latest' | 'reads'>;

export function newRoot(): Branch {
  const taken = { id: -1, logprob: Number.NaN, rank: 0, drawnWith: undefined, writer: '', vocabulary: '' };
  return branch({ ...taken, label: '', bytes: '', isControl: false, ends: false }, undefined);
}

/** What is known of a token wherever it stands. */
export function tokenOf(
  id: number,
  description: TokenDescription,
): Pick<BranchToken, 'id' | 'label' | 'bytes' | 'isControl' | 'ends'> {
  const { bytes, control: isControl, ends } = description;
  return { id, label: candidateLabel({ ...description, id }), bytes, isControl, ends };
}

/** The child with this token of this writer: the one that is there, or a new one. */
export function grow(parent: Branch, taken: BranchToken): Branch {
  const known = childOf(parent, taken);
  const child = known ?? branch(taken, parent);
  if (!known) parent.children.push(child);
  parent.latest = child;
  return child;
}

export function childOf({ children }: Branch, { id, writer }: Pick<BranchToken, 'id' | 'writer'>): Branch | undefined {
  return children.find((child) => child.id === id && child.writer === writer);
}

function branch(token: BranchToken, parent: Branch | undefined): Branch {
  return { ...token, parent, children: [], latest: undefined, reads: new Map() };
}

/** The tokens after the text up to a branch, in order. */
export function pathTo(end: Branch): Branch[] {
  const path: Branch[] = [];
  for (let at = end; at.parent; at = at.parent) path.unshift(at);
  return path;
}

/** What was taken after a branch, the last time that it was gone past. */
export function aheadOf(start: Branch): Branch[] {
  const ahead: Branch[] = [];
  for (let at = start.latest; at; at = at.latest) ahead.push(at);
  return ahead;
}

/** The text of each token. Bytes of one character come with the last of its tokens; control tokens have none. */
export function textsOf(path: readonly Branch[]): string[] {
  const decoder = new TextDecoder();
  return path.map(({ bytes, isControl }, i) => {
    const part = isControl
      ? new Uint8Array()
      : Uint8Array.from(bytes.match(/../g) ?? [], (hex) => Number.parseInt(hex, 16));
    return decoder.decode(part, { stream: i < path.length - 1 });
  });
}
