/* What the page of lengths of a data set and its host say to each other. */
import type { LengthSummary, Packing, PackingWay } from './lengths-api';
import type { TaskProgress } from './progress';

export type Counting =
  /** Nobody has asked for it. */
  | { kind: 'off' }
  /** Of documents; the vocabulary may still be loading. */
  | ({ kind: 'working' } & TaskProgress)
  /** Somebody has ended it: what is said is of the documents that were counted. */
  | { kind: 'stopped' }
  | { kind: 'failed'; message: string }
  | { kind: 'done' };

/** Whose lengths are shown: of all documents, or of those that the rules let through. */
export type LengthsPart = 'all' | 'kept';

export interface LengthsState {
  vocabularies: { name: string; title: string }[];
  /** The name of the one that is chosen. */
  vocabulary: string;
  counting: Counting;
  part: LengthsPart;
  /** Of what tokens are counted, in a sentence; undefined until any are. */
  counted: string | undefined;
  /** Documents that could not be read, or not whole: they are in no count. */
  problems: number;
  /** Undefined until a document is counted. */
  summary: LengthSummary | undefined;
  /** In tokens, of a model that is trained on the documents. */
  context: number;
  packings: Record<PackingWay, Packing> | undefined;
}

export interface LengthsHost {
  /** Counts the tokens of all documents, on from where it was ended. */
  countTokens(): Promise<void>;
  stopCounting(): Promise<void>;
  chooseVocabulary(name: string): Promise<void>;
  choosePart(part: LengthsPart): Promise<void>;
  setContext(tokens: number): Promise<void>;
}
