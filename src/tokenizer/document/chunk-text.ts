import type { Chunk } from './chunk';

/** The text of chunks one after the other, with offsets in UTF-16 units. */

/** The chunk with the character at `offset`, or the last one at the end of the text; and how far into it that is. */
export function locate(chunks: readonly Chunk[], offset: number): { index: number; offset: number } {
  let left = offset;
  let index = 0;
  for (; index + 1 < chunks.length; index++) {
    const length = chunks[index]?.text.length ?? 0;
    if (left < length) break;
    left -= length;
  }
  return { index, offset: left };
}

export function textBetween(chunks: readonly Chunk[], start: number, end: number): string {
  const from = locate(chunks, start);
  const parts: string[] = [];
  for (let i = from.index, offset = start - from.offset; i < chunks.length && offset < end; i++) {
    const text = chunks[i]?.text ?? '';
    parts.push(text.slice(Math.max(0, start - offset), end - offset));
    offset += text.length;
  }
  return parts.join('');
}
