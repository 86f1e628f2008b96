/** Where the first value stands that is at least `least`, by binary search; the number of values where none is. */
export function firstAtLeast(ascending: Uint32Array, least: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) >= least) high = middle;
    else low = middle + 1;
  }
  return low;
}
