import type { DatasetFilter } from '../../shared/dataset-api';
import type { Work } from '../../shared/progress';
import type { Examination } from '../rows/examination';
import type { Row } from '../rows/row';
import type { RowFile } from '../rows/row-file';
import type { RowScores } from '../scores/row-scores';
import { Slices } from '../work/slices';
import { COLUMNS } from './columns';

export interface Filtered {
  file: RowFile;
  examination: Examination;
  scores: RowScores;
}

/** Whether a filter lets everything through. */
export const isNoFilter = ({ text, ranges, problemsOnly }: DatasetFilter): boolean =>
  text === '' && ranges.length === 0 && !problemsOnly;

/** The lines that a filter lets through, in the order of the file, of those that are known. @throws AbortError */
export async function filteredLines(
  { file, examination, scores }: Filtered,
  filter: DatasetFilter,
  { signal, progress }: Work,
): Promise<Uint32Array> {
  const total = file.count;
  const slices = new Slices(signal);
  const isIn = numbersIn(filter, scores);
  const found: number[] = [];
  if (filter.text === '') {
    for (let line = 0; line < total; line++) {
      if (isIn(line) && (!filter.problemsOnly || examination.isProblem(line))) found.push(line);
      if (line % 1024 === 0) await slices.next(() => progress(line, total));
    }
    return Uint32Array.from(found);
  }
  const says = saying(filter.text);
  for await (const row of file.stream(0, total)) {
    const number = row.line;
    const isWanted = isIn(number) && (!filter.problemsOnly || examination.isProblem(number));
    if (isWanted && says(row)) found.push(number);
    await slices.next(() => progress(number, total));
  }
  return Uint32Array.from(found);
}

function numbersIn({ ranges }: DatasetFilter, scores: RowScores): (line: number) => boolean {
  const checks = ranges.map(({ column, minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY }) => {
    const value = COLUMNS.find(({ name }) => name === column)?.value;
    return (line: number) => {
      const own = value?.(scores, line) ?? Number.NaN;
      return own >= minimum && own <= maximum;
    };
  });
  return (line) => checks.every((check) => check(line));
}

/** Whether a text is said in a row's conversations, or stands in one that has none. Escapes of JSON are what they stand for. */
function saying(text: string): (row: Row) => boolean {
  const wanted = text.toLowerCase();
  const isIn = (other: string) => other.toLowerCase().includes(wanted);
  return (row) => {
    // Without an escape what is said stands there as it is.
    if (!row.text.includes('\\') && !isIn(row.text)) return false;
    if (row.isDocument || row.conversations.length === 0) return isIn(row.text);
    return row.conversations.some(({ messages }) => messages.some(({ content }) => isIn(content)));
  };
}
