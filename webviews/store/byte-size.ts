/** Of a number or a reference, as engines hold them. */
const SLOT = 8;

/** Memory of a value, about: typed arrays count with their bytes, and what is there twice counts once. */
export function byteSize(value: unknown): number {
  return sizeOf(value, new Set());
}

function sizeOf(value: unknown, seen: Set<unknown>): number {
  if (typeof value === 'string') return 2 * value.length;
  if (typeof value !== 'object' || value === null) return SLOT;
  const whole = ArrayBuffer.isView(value) ? value.buffer : value;
  if (seen.has(whole)) return SLOT;
  seen.add(whole);
  if (whole instanceof ArrayBuffer) return whole.byteLength;
  return Object.values(value).reduce((sum: number, part) => sum + SLOT + sizeOf(part, seen), 0);
}
