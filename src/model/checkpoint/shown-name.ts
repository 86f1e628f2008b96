/** In characters. */
const LONGEST_NAME = 100;

/**
 * A name that stands in a file, such as its model's, fit to be shown. It reaches terminals and views: nothing in it may move a
 * cursor, and nobody reads more of it than a line.
 */
export function shownName(name: string): string {
  const visible = name
    .slice(0, 8 * LONGEST_NAME)
    .replace(/\p{C}/gu, '')
    .trim();
  const characters = Array.from(visible);
  return characters.length > LONGEST_NAME ? `${characters.slice(0, LONGEST_NAME).join('')}…` : visible;
}

/** Of what a file says, the ISO 639 codes of languages. */
export const languageCodes = (values: readonly string[]): string[] =>
  values.filter((value) => /^[a-z]{2,3}$/.test(value));
