/** `▁`, which SentencePiece writes for a space. */
export const SPACE_MARK = '\u2581';

const BLANK = 0x20;
const MARK = 0x2581;
const REPLACEMENT = 0xfffd;

/** Whether a UTF-16 unit is a space or the mark that stands for one. */
export function isSpaceMark(unit: number | undefined): boolean {
  return unit === BLANK || unit === MARK;
}

/** Cuts before every space and every mark of one. */
export function beforeMarks(units: Uint16Array, from: number, end: number): number {
  let at = from + 1;
  while (at < end && !isSpaceMark(units[at])) at++;
  return at;
}

/** The character that a vocabulary writes for a character of a text: also for half of one, which is none. */
export function markFor(point: number): number {
  if (point === BLANK) return MARK;
  return (point & 0xfffff800) === 0xd800 ? REPLACEMENT : point;
}
