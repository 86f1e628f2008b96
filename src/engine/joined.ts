/** Arrays one after another, in memory of their own; a single one as it is. */
export const joinFloats = (parts: readonly Float32Array[]): Float32Array =>
  join(parts, (length) => new Float32Array(length));
export const joinCounts = (parts: readonly Uint32Array[]): Uint32Array =>
  join(parts, (length) => new Uint32Array(length));

function join<A extends Float32Array | Uint32Array>(parts: readonly A[], make: (length: number) => A): A {
  if (parts.length === 1) return parts[0] as A;
  const whole = make(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
