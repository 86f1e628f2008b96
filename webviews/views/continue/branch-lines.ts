import type { Branch } from './branches';

/** Tokens one after another without a branch in between, as they are drawn: one line. */
export interface BranchLine {
  /** What the line goes off from; undefined for the first. */
  from: Branch | undefined;
  /** Branchings on the way to it. */
  level: number;
  tokens: Branch[];
}

/** The whole tree in lines: each goes on with the first token that was taken, the others begin lines below it. */
export function branchLines(root: Branch): BranchLine[] {
  const lines: BranchLine[] = [];
  const visit = (start: Branch, from: Branch | undefined, level: number): void => {
    const tokens: Branch[] = [];
    for (let at: Branch | undefined = start; at; at = at.children[0]) tokens.push(at);
    lines.push({ from, level, tokens });
    for (const token of tokens) for (const other of token.children.slice(1)) visit(other, token, level + 1);
  };
  visit(root, undefined, 0);
  return lines;
}
