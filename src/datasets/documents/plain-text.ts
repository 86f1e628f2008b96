import { type Sentence, sentence } from '../../shared/errors';
import { type Line, LineFile } from '../file/line-file';
import type { LineOffsets } from '../file/line-offsets';
import type { Scanner } from '../file/scan-lines';
import { BreakScanner, MarkScanner } from '../file/scan-texts';
import { beginningOf } from './beginning';
import { LineSource } from './line-source';
import { wellFormed } from './text-of-row';

/** GPT-2's token between two documents. */
const END_OF_TEXT = '<|endoftext|>';

/** One line in so many is empty where empty lines stand between documents, also where those are long. */
const LINES_OF_A_DOCUMENT = 100;

/** What stands between two documents. */
interface Separation {
  reading: Sentence;
  scanner(offsets: LineOffsets): Scanner;
}

const BY_MARK: Separation = {
  reading: sentence`A document ends at ${END_OF_TEXT}.`,
  scanner: (offsets) => new MarkScanner(offsets, END_OF_TEXT),
};

const BY_EMPTY_LINE: Separation = {
  reading: sentence`Empty lines stand between documents.`,
  scanner: (offsets) => new BreakScanner(offsets, 2),
};

const BY_LINE: Separation = {
  reading: sentence`A line is a document.`,
  scanner: (offsets) => new BreakScanner(offsets, 1),
};

/**
 * A file of plain text, in the three ways that people publish them: with `<|endoftext|>` between documents, as for GPT-2 and
 * TinyStories; with empty lines between them, as CC-100, OSCAR and texts for BERT; else with one in each line, as Hugging
 * Face's `load_dataset("text")` reads a file. The first MB of it says which. A document has no line breaks around it, and is
 * never empty.
 *
 * @throws VitrineError `dataset.unreadable`, `dataset.utf16`
 */
export async function openPlainText(path: string): Promise<LineSource> {
  const { reading, scanner } = separationOf(await beginningOf(path));
  const text = (line: Line) => wellFormed(documentIn(line.text));
  const file = await LineFile.open(path, scanner);
  return new LineSource(file, {
    holds: 'texts',
    isJsonLine: false,
    reading,
    field: 'text',
    text,
    entry: (line) => JSON.stringify({ text: text(line).text }),
  });
}

function separationOf(beginning: string): Separation {
  if (beginning.includes(END_OF_TEXT)) return BY_MARK;
  const lines = beginning.replace(/^[\r\n]+/, '').split('\n');
  const empty = lines.slice(0, -1).filter((line) => line === '' || line === '\r').length;
  return empty > 0 && empty * LINES_OF_A_DOCUMENT >= lines.length ? BY_EMPTY_LINE : BY_LINE;
}

/** Without marks and line breaks around it. */
function documentIn(text: string): string {
  const document = text.split(END_OF_TEXT).find((part) => part.trim() !== '') ?? '';
  let [start, end] = [0, document.length];
  while (isBreak(document[start])) start++;
  while (end > start && isBreak(document[end - 1])) end--;
  return document.slice(start, end);
}

const isBreak = (character: string | undefined) => character === '\n' || character === '\r';
