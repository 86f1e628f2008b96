/** What the text of an index is called: A, B, C. */
export function letterOf(index: number): string {
  return String.fromCharCode(0x41 + index);
}
