/** Lines of a file, and what their tokens come to. */
export interface Part {
  /** Its first line, and the one after its last. */
  from: number;
  to: number;
  tokens: number;
  bits: number;
}

/**
 * Of how much of the other parts a part has more bits a token, 0 to 1: each counts by its tokens, and those that it is in,
 * or that are in it, do not. NaN where there are no others.
 */
export function higherThan(part: Part, parts: readonly Part[]): number {
  const others = parts.filter(({ from, to, tokens }) => tokens > 0 && (to <= part.from || from >= part.to));
  const tokensOf = (some: readonly Part[]) => some.reduce((sum, { tokens }) => sum + tokens, 0);
  return tokensOf(others.filter((other) => meanOf(other) < meanOf(part))) / tokensOf(others);
}

const meanOf = ({ tokens, bits }: Part) => bits / tokens;
