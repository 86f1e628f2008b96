/** A float32 in the nine digits that tell it from every other, instead of the seventeen of a double. */
export function single(value: number): number {
  return Number(value.toPrecision(9));
}
