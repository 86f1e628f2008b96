/** What `t` is given for parts that are elements: the text is cut there. */
export const SLOTS: readonly string[] = ['\u00000\u0000', '\u00001\u0000', '\u00002\u0000', '\u00003\u0000'];

/** A text that was made with slots, in which each is a part: an element, wherever the language has it. */
export function withParts(text: string, ...parts: unknown[]): unknown[] {
  return text.split('\u0000').map((piece, i) => (i % 2 === 1 ? parts[Number(piece)] : piece));
}
