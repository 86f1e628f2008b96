import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import { type Line, LineFile } from '../file/line-file';
import { problem } from '../file/problem';
import { type LineReader, LineSource } from './line-source';
import { areConversations, SAID, saidIn } from './said-in';
import { type RowText, textField, textIn, wellFormed } from './text-of-row';

/** As many rows say what the others are. */
const FIRST_ROWS = 100;

/**
 * A file of one JSON value a line. Its first rows say where the text is: in the turns of conversations if half of those that are objects are
 * some, else in the field that `textField` finds; a row that is a string is a text itself.
 *
 * @throws VitrineError `dataset.unreadable`
 */
export async function openJsonLines(path: string): Promise<LineSource> {
  const file = await LineFile.open(path);
  const work = { signal: new AbortController().signal, progress: () => {} };
  await file.index(work, () => file.offsets.count > 0);
  return new LineSource(file, readerOf(await file.lines(0, FIRST_ROWS)));
}

function readerOf(first: readonly Line[]): LineReader {
  const rows = first.map(({ text }) => objectOf(text)).filter((row) => row !== undefined);
  if (areConversations(first, rows.length)) return CONVERSATIONS;
  return fieldReader(textField(rows) ?? 'text');
}

const CONVERSATIONS: LineReader = {
  holds: 'conversations',
  isJsonLine: true,
  reading: SAID,
  field: undefined,
  text: saidIn,
  entry,
};

function fieldReader(field: string): LineReader {
  return {
    holds: 'texts',
    isJsonLine: true,
    reading: sentence`The text of a row is its field "${field}".`,
    field,
    text: ({ text }) => textOf(text, field),
    entry,
  };
}

function textOf(line: string, field: string): RowText {
  if (line.trim() === '') return { text: '', problem: problem('empty_row', sentence`This line is empty.`) };
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'string') return wellFormed(value);
    return isObject(value) ? textIn(value, field, line) : { text: line, problem: problem('malformed', NO_OBJECT) };
  } catch {
    return { text: line, problem: problem('malformed', NO_JSON) };
  }
}

const NO_JSON: Sentence = sentence`This line is no JSON: one whole JSON value a line is expected.`;
const NO_OBJECT: Sentence = sentence`This line is JSON, but neither an object nor a text.`;

/** As it stands: numbers of more digits than a number has here would be others if they were read. */
function entry({ text }: Line): string {
  try {
    JSON.parse(text);
    return text;
  } catch (error) {
    throw new VitrineError('dataset.line', NO_JSON, { cause: error });
  }
}

function objectOf(line: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
