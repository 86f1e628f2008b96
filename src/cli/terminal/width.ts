import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Columns that a text takes on a terminal. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/** The text, or as much of its beginning as fits with an ellipsis. @param width columns, at least 1. */
export function shorten(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  let columns = 0;
  for (const { segment } of graphemes.segment(text)) {
    columns += widthOf(segment);
    if (columns > width - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)));
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - widthOf(text))) + text;
}

/** Breaks a list into lines after its commas. */
export const wrapList = (items: readonly string[], width: number): string[] =>
  wrapPhrases(
    items.map((item, i) => (i < items.length - 1 ? `${item},` : item)),
    ' ',
    width,
  );

/** Breaks phrases into lines between them, never inside one. */
export function wrapPhrases(phrases: readonly string[], separator: string, width: number): string[] {
  const lines: string[] = [];
  for (const phrase of phrases) {
    const last = lines.at(-1);
    if (last !== undefined && widthOf(last + separator + phrase) <= width)
      lines[lines.length - 1] = last + separator + phrase;
    else lines.push(phrase);
  }
  return lines;
}

/** Breaks a sentence into lines between its words. */
export function wrapText(text: string, width: number): string[] {
  return wrapPhrases(text.split(' '), ' ', width);
}
