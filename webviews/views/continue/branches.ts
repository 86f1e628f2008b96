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
  parent: Branch | undefined;
  children: Branch[];
  /** The child that was taken last. */
  latest: Branch | undefined;
  /** What the model computed up to here, while the engine keeps it. */
  trace: number | undefined;
}

export type BranchToken = Pick<Branch, 'id' | 'logprob' | 'rank' | 'drawnWith'>;

export function newRoot(): Branch {
  const taken = { id: -1, logprob: Number.NaN, rank: 0, drawnWith: undefined };
  return branch({ ...taken, label: '', bytes: '', isControl: false, ends: false }, undefined);
}

/** The child with this token: the one that is there, or a new one. */
export function grow(parent: Branch, taken: BranchToken, description: TokenDescription): Branch {
  const known = parent.children.find(({ id }) => id === taken.id);
  const { bytes, control: isControl, ends } = description;
  const label = candidateLabel({ ...description, id: taken.id });
  const child = known ?? branch({ ...taken, label, bytes, isControl, ends }, parent);
  if (!known) parent.children.push(child);
  parent.latest = child;
  return child;
}

function branch(
  token: BranchToken & Pick<Branch, 'label' | 'bytes' | 'isControl' | 'ends'>,
  parent: Branch | undefined,
): Branch {
  return { ...token, parent, children: [], latest: undefined, trace: undefined };
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
