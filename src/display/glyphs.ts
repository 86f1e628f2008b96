const GLYPHS: ReadonlyMap<string, string> = new Map([
  [' ', '·'],
  ['\t', '→'],
  ['\n', '⏎'],
  // What people read as its picture, U+240D, few fonts of editors have.
  ['\r', '←'],
  ['\x7f', '␡'],
]);

/** Controls, formats, lone surrogates, what is unassigned or private, spaces, and what is drawn as nothing. */
const INVISIBLE = /[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}]/gu;

const STARTS_WITH_MARK = /^\p{M}/u;

const CONTROL_PICTURES = 0x2400;

/**
 * A text that shows all it has and does nothing: spaces, tabs and newlines have glyphs, every other character that is
 * invisible, or that a terminal would obey, is written out (`␛`, `\u{200d}`). A mark that combines stands on a circle.
 */
export function visibleText(text: string): string {
  const shown = text.replace(INVISIBLE, glyphOf);
  return STARTS_WITH_MARK.test(shown) ? `◌${shown}` : shown;
}

/** A text with its spaces and line breaks, and nothing else that a terminal would obey. */
export function safeText(text: string): string {
  return text.replace(INVISIBLE, (character) =>
    character === ' ' || character === '\n' ? character : glyphOf(character),
  );
}

/** The bytes of a token that is no whole number of characters: `⟨20f09f⟩`. @param hex two digits a byte. */
export function visibleBytes(hex: string): string {
  return `⟨${hex}⟩`;
}

function glyphOf(character: string): string {
  const codePoint = character.codePointAt(0) ?? 0;
  const glyph = GLYPHS.get(character);
  if (glyph !== undefined) return glyph;
  return codePoint < 0x20 ? String.fromCodePoint(CONTROL_PICTURES + codePoint) : `\\u{${codePoint.toString(16)}}`;
}
