import type { Sentence } from '../../shared/errors';
import type {
  DataAmount,
  Decision,
  DuplicateCluster,
  FilterReport,
  LanguageCount,
  NearThreshold,
  RejectedDocument,
  RemovedDocument,
  Thresholds,
} from '../../shared/filters-api';
import type { TokenTotals } from '../../shared/funnel-page-api';
import type { TakenText } from './rewritten-text';
import type { TokenSample } from './token-totals';

/** What is measured: other options, or another content of the file, give other numbers. */
export interface FunnelOptions {
  /** Of the data set: a file, or a folder. */
  path: string;
  /** The name of a preset. */
  preset: string;
  /** A file of test questions, which documents should not contain. */
  questions: string | undefined;
  /** Where numbers are kept, by content. */
  folder: string;
}

/** What is exported: what stays as it stands in the data set, or with texts as rules leave them, or what goes with its reasons. */
export type ExportKind = 'kept' | 'rewritten' | 'removed';

/** What an export wrote. */
export interface ExportedData extends DataAmount {
  /** Undefined where texts are as they stand. */
  taken: TakenText | undefined;
}

/** What a model found of a document. */
export interface ModelNumber {
  index: number;
  value: number;
}

/**
 * What the thread of a funnel can be asked. What it says of documents that are removed is of the last thresholds it was told.
 * Where something fails it rejects with a VitrineError; with `task.cancelled` where `stop` has ended it.
 */
export interface Funnel {
  /** Opens a data set, once. @returns whether its numbers are known from before: then there is nothing to read */
  open(options: FunnelOptions): Promise<boolean>;
  /** How documents are found in the data set, as `DocumentSource` says it. */
  reading(): Promise<Sentence>;
  /** What rules cannot find. */
  limits(): Promise<Sentence[]>;
  /** Whether what another preset measures of the data set that is open is known from before, and of how many documents. */
  knows(request: { preset: string }): Promise<{ isKnown: boolean; documents: number }>;
  /** Measures all documents, on from where it was ended. */
  read(): Promise<void>;
  /** Ends it, where it is under way. */
  stop(task: FunnelTask): Promise<void>;
  decide(thresholds: Thresholds): Promise<Decision>;
  /** What other thresholds would make of the documents; the last decision stays. */
  preview(thresholds: Thresholds): Promise<Decision>;
  /** Of each document that was decided of, 1 where it stays, and 0. */
  kept(): Promise<Uint8Array>;
  /** Tokens of what was decided last, as far as some of its documents are counted. */
  tokens(sample: TokenSample): Promise<TokenTotals>;
  /** How many documents have a number in each of some equal parts of the slider; what lies beyond it is in the first or the last. */
  histogram(request: { measure: string; parts: number }): Promise<Uint32Array>;
  /** Languages of the documents that go by theirs, the most frequent first. */
  languages(): Promise<LanguageCount[]>;
  /** Documents for which one of some measures is the reason, the most extreme first: those of one measure after the other. */
  removed(request: { measures: readonly string[]; from: number; count: number }): Promise<RemovedDocument[]>;
  /** Documents that a measure removes, and those that stay, of which it has measured nearly the threshold. */
  nearThreshold(request: { measure: string; count: number }): Promise<NearThreshold>;
  /** Documents that are removed, of those from a document on, in the order of the data set. */
  rejected(request: { from: number; count: number }): Promise<FilterReport['rejected']>;
  /** @param request.measure by which a document is seen that is not removed. @returns undefined where it is not, and none is said */
  rejectedDocument(request: { index: number; measure?: string | undefined }): Promise<RejectedDocument | undefined>;
  /** Of a document that a filter of near-duplicates has found to be one. */
  cluster(request: { index: number; measure: string }): Promise<DuplicateCluster>;
  /** Texts, for a model or a view. */
  texts(request: { indexes: readonly number[] }): Promise<string[]>;
  /** The first documents that no other rule removes and that the model has not read. */
  unread(request: { count: number }): Promise<number[]>;
  setModelNumbers(numbers: readonly ModelNumber[]): Promise<void>;
  /** What rules would take from the texts that stay, of some that lie evenly over them. @param count how many are looked at */
  taken(request: { count: number }): Promise<TakenText & { lookedAt: number }>;
  /** Writes JSONL, whole or not at all. */
  export(request: { kind: ExportKind; path: string }): Promise<ExportedData>;
  /** Ends what is under way. */
  close(): Promise<void>;
}

/** What takes long. */
export type FunnelTask = 'open' | 'read' | 'export';

/** What the thread tells while it is at work: how many documents of how many; of `open` how much of the data set. */
export interface FunnelEvents {
  progress(task: FunnelTask, done: number, total: number): void;
}
