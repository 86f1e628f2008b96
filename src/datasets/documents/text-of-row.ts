import { sentence } from '../../shared/errors';
import { type Problem, problem } from '../file/problem';

/** Names by which published data sets call the text of a row, the most usual first: FineWeb and C4, The Stack, RedPajama, … */
const TEXT_NAMES = ['text', 'content', 'raw_content', 'document', 'body', 'article', 'code'];

/**
 * Which field of rows is their text: one of the usual names, in capitals or not, if most rows have it; else the field with
 * the most characters. Undefined where no row has a string.
 *
 * @param rows the first of a file
 */
export function textField(rows: readonly Record<string, unknown>[]): string | undefined {
  const fields = new Map<string, { rows: number; units: number }>();
  for (const row of rows) {
    for (const [name, value] of Object.entries(row)) {
      if (typeof value !== 'string') continue;
      const field = fields.get(name) ?? { rows: 0, units: 0 };
      fields.set(name, { rows: field.rows + 1, units: field.units + value.length });
    }
  }
  const inMost = [...fields].filter(([, field]) => 2 * field.rows > rows.length).map(([name]) => name);
  const longest = [...fields].sort(([, a], [, b]) => b.units - a.units);
  return usualTextName(inMost) ?? longest[0]?.[0];
}

/** The most usual of names by which data sets call the text of a row; undefined where none is one. */
export function usualTextName(names: readonly string[]): string | undefined {
  const found = TEXT_NAMES.map((text) => names.find((name) => name.toLowerCase() === text));
  return found.find((name) => name !== undefined);
}

/** A text, and why it is not all. */
export interface RowText {
  text: string;
  problem: Problem | undefined;
}

/** The text in a field of a row. @param whole the row as it stands, which is shown where it has no text */
export function textIn(row: Record<string, unknown>, field: string, whole: string): RowText {
  const value = Object.hasOwn(row, field) ? row[field] : undefined;
  if (typeof value === 'string') return wellFormed(value);
  return { text: whole, problem: noText(field) };
}

export const noText = (field: string): Problem =>
  problem('no_text', sentence`This row has no text in its field "${field}".`);

/** Without halves of characters, which no file in UTF-8 can hold. */
export function wellFormed(text: string): RowText {
  if (text.isWellFormed()) return { text, problem: undefined };
  const why = sentence`The text has half of a character (an unpaired surrogate), and is read with a replacement mark in its place. Write it anew from its source.`;
  return { text: text.toWellFormed(), problem: problem('half_character', why) };
}
