/** Letters and marks of the scripts that are written from right to left, by their blocks in Unicode. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Seen by nobody: what follows is laid out from left to right again. */
const LEFT_TO_RIGHT_MARK = '\u200e';

/** Whether a text is written from right to left, or in part. */
export function isRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(text);
}

/** A text that keeps its place before numbers and signs, which would else be taken into it. */
export function withDirectionMark(text: string): string {
  return isRightToLeft(text) ? `${text}${LEFT_TO_RIGHT_MARK}` : text;
}
