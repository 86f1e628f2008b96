import type { Sentence } from '../../shared/errors';
import type { Work } from '../../shared/progress';
import type { Line } from '../file/line-file';
import type { Problem } from '../file/problem';

/** One entry of a data set: what a model would be trained on. */
export interface DatasetDocument {
  /** Its place in the data set, from 0. */
  index: number;
  /** As much of it as is read: of one that is too long its beginning, with a problem. */
  text: string;
  /** Of its text in UTF-8. */
  bytes: number;
  /** Why it cannot be read, or not whole. */
  problem: Problem | undefined;
}

/** A line of a file that an editor opens as text, from 0. */
export interface DocumentPlace {
  path: string;
  line: number;
}

/** A data set of any kind and size, as documents by number: nothing of it is kept but where they are. */
export interface DocumentSource {
  /** Of the file, or of the folder. */
  readonly path: string;
  /** Documents that are known, while they are still being found. */
  readonly count: number;
  readonly isIndexed: boolean;
  /** Of the whole data set on disk. */
  readonly bytes: number;
  /** Finds where documents are, on from where it has come to. @throws AbortError */
  index(work: Work): Promise<void>;
  /** Documents [from, to) one after another, of those that are known. */
  stream(from: number, to: number): AsyncGenerator<DatasetDocument>;
  /** Whether a row is a conversation, and its text what is said there. */
  readonly holds: 'texts' | 'conversations';
  /** How documents are found in it, in a sentence: which field is the text, or what stands between two. */
  readonly reading: Sentence;
  /**
   * A document's entry as one line of JSON without its line break, for an export that changes nothing: a line of JSON as it
   * stands in the file, with its numbers as they are written; of other kinds an object. @throws VitrineError where it is none
   */
  entry(index: number): Promise<string>;
  /** Which member of a document's entry is its text; undefined where that is said in several. */
  textField(index: number): string | undefined;
  /** Entries [from, to) one after another as lines, of those that are known: of a file of JSON lines whatever stands there. */
  lines(from: number, to: number): AsyncGenerator<Line>;
  /** A line with its line break, byte by byte as it stands in a file of JSON lines; of other kinds its entry. @throws VitrineError */
  lineOf(index: number): Promise<Uint8Array>;
  /** Where a document stands alone in a line, or is all of a file; undefined where it is a part of something else. */
  placeOf(index: number): DocumentPlace | undefined;
  /** Whether what is on disk is another than was opened. */
  isChanged(): Promise<boolean>;
  close(): Promise<void>;
}
