/** A number as people type it, with a point or a comma and either minus; undefined where it is none, or not yet. */
export function typedNumber(text: string): number | undefined {
  const digits = text.trim().replace('−', '-').replace(',', '.');
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(digits) ? Number(digits) : undefined;
}
