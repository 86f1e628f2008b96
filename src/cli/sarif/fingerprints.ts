import { createHash } from 'node:crypto';

/** What SARIF calls ours: another name for another way to make them. */
export const FINGERPRINT = 'vitrineLine/v1';

/**
 * What tells lines of a file from each other, wherever they have moved in it: the text without the white space around it,
 * and which of those with the same text a line is. Of each line, from 0.
 */
export function fingerprintsOf(lines: readonly string[]): string[] {
  const counts = new Map<string, number>();
  return lines.map((line) => {
    const text = line.trim();
    const count = counts.get(text) ?? 0;
    counts.set(text, count + 1);
    return createHash('sha256').update(`${count}\n${text}`).digest('hex').slice(0, 32);
  });
}
