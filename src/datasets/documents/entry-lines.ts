import { VitrineError } from '../../shared/errors';
import type { Line } from '../file/line-file';
import { problem } from '../file/problem';
import type { DocumentSource } from './document-source';

/** Entries [from, to) as lines, of a data set that has no lines of its own; one that cannot be read has a problem. */
export async function* entryLines(
  source: Pick<DocumentSource, 'entry' | 'count'>,
  from: number,
  to: number,
): AsyncGenerator<Line> {
  for (let line = from; line < Math.min(to, source.count); line++) {
    const { text, problem } = await entryLine(source, line);
    yield { line, text, bytes: Buffer.byteLength(text), problem };
  }
}

async function entryLine(source: Pick<DocumentSource, 'entry'>, line: number): Promise<Pick<Line, 'text' | 'problem'>> {
  try {
    return { text: await source.entry(line), problem: undefined };
  } catch (error) {
    if (!(error instanceof VitrineError && error.sentence)) throw error;
    return { text: '', problem: problem('unreadable', error.sentence) };
  }
}
