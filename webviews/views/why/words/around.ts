/** Characters before and after a part by which its place is known. */
const AROUND = 18;

/** What stands before and after a part of a text in its line: whole words, and an ellipsis where there is more. */
export function around(text: string, start: number, end: number): { before: string; after: string } {
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  const lineEnd = text.indexOf('\n', end);
  const after = text.slice(end, lineEnd < 0 ? undefined : lineEnd);
  return {
    before: before.length > AROUND ? `…${before.slice(-AROUND).replace(/^\S+(?=\s)/, '')}` : before,
    after: after.length > AROUND ? `${after.slice(0, AROUND).replace(/(?<=\s)\S+$/, '')}…` : after,
  };
}
