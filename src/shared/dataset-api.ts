/*
 * What the pages of a data set and their host say to each other. Lines are counted from 0; numbers that are not known are NaN. A
 * call that fails rejects with an error whose message is a sentence for people, in their language.
 */

import type { FunnelHost, FunnelState } from './funnel-page-api';
import type { LengthsHost, LengthsState } from './lengths-page-api';

/** How a number is drawn: a count, a loss in bits a token, or a difference with its sign. */
export type DatasetDraw = 'count' | 'bits' | 'signedBits' | 'signedNats';

/** What is said of every row. */
export interface DatasetColumn {
  name: string;
  title: string;
  /** What it is and in which unit, in a sentence. */
  description: string;
  draw: DatasetDraw;
}

/** The beginning of what somebody says. */
export interface Turn {
  role: string;
  text: string;
}

export interface DatasetRow {
  line: number;
  /** The beginnings of what is said before the last answer, of as much as a line has room for. */
  before: Turn[];
  /** The beginning of the last answer, and of what is said after it, or of a document, which nobody says; nothing of a preference pair. */
  answer: Turn[];
  /** Of a preference pair, the beginnings of both answers. */
  pair: { chosen: string; rejected: string } | undefined;
  /** Why it is no conversation, and the beginning of what stands there. */
  problem: { sentence: string; text: string } | undefined;
  /** Why it has no loss. */
  note: string | undefined;
  /** One entry a column. */
  values: Float64Array;
}

export interface DatasetSort {
  column: string;
  isDescending: boolean;
}

export interface DatasetRange {
  column: string;
  minimum: number | undefined;
  maximum: number | undefined;
}

export interface DatasetFilter {
  /** In what is said in a conversation, or anywhere in a line that is none; case does not count. */
  text: string;
  ranges: DatasetRange[];
  problemsOnly: boolean;
}

export const NO_FILTER: DatasetFilter = { text: '', ranges: [], problemsOnly: false };

/** Bytes or rows. */
interface Done {
  done: number;
  total: number;
}

/** What the background reader is at. */
export type DatasetScoring =
  | { kind: 'off' }
  | { kind: 'loading' }
  | { kind: 'working'; tokensPerSecond: number }
  /** Somebody else uses the engine, or a server does not answer: then the message says why. */
  | { kind: 'waiting'; message?: string | undefined }
  | { kind: 'paused' }
  | { kind: 'failed'; message: string }
  | { kind: 'done' };

/** Of the numbers of a column in the rows that are listed: how many there are, and how many lie in each of some equal parts from least to most. */
export interface DatasetSummary {
  column: string;
  count: number;
  least: number;
  most: number;
  parts: Uint32Array;
}

/** A loss in bits a token, over so many tokens: the sum of all over the number of all, whatever row they are in. */
export interface LossOver {
  loss: number;
  tokens: number;
}

/** What the rows that are listed and scored come to together. */
export interface DatasetTotals {
  a: LossOver;
  /** Undefined where nothing is compared. */
  b: LossOver | undefined;
  /** Of the preference pairs that have a margin: how many there are, in how many it is above 0, and its mean in nats. */
  pairs: { count: number; preferred: number; meanMargin: number } | undefined;
}

export interface DatasetState {
  name: string;
  /** What its rows are. */
  holds: 'texts' | 'conversations';
  /** How its rows are found, in a sentence, where that is not plain. */
  reading: string | undefined;
  bytes: number;
  /** Why the file cannot be read. */
  failure: string | undefined;
  /** Where lines begin: how much of the file is known, in bytes; undefined when all is. */
  indexing: Done | undefined;
  /** Whether lines are conversations: rows that were looked at, of those that are known. */
  examined: number;
  rows: number;
  problems: number;
  columns: DatasetColumn[];
  sort: DatasetSort | undefined;
  filter: DatasetFilter;
  /** A filter that is at work. */
  filtering: Done | undefined;
  /** Rows that are listed. */
  listed: number;
  /** Another number for other rows, or the same in another order. */
  revision: number;
  /** Another number where something of the rows that are listed is known that was not. */
  known: number;
  /** Of the rows sorted by a number, those that had it, and those that have got it since. */
  sorted: { with: number; since: number } | undefined;
  scoring: DatasetScoring;
  scored: number;
  /** What the models are called; undefined where none is loaded, and where nothing is compared. */
  modelA: string | undefined;
  modelB: string | undefined;
  summaries: DatasetSummary[];
  /** Undefined where no row that is listed is scored. */
  totals: DatasetTotals | undefined;
  /** What a person should know: results that are not kept. */
  notice: string | undefined;
  exporting: Done | undefined;
}

export interface DatasetStart {
  /** BCP 47, of the editor's display language. */
  language: string;
  /** English text to the same in that language. */
  translations: Record<string, string>;
  state: DatasetState;
  funnel: FunnelState;
  lengths: LengthsState;
}

export interface DatasetHost extends FunnelHost, LengthsHost {
  start(): Promise<DatasetStart>;
  /** Of those that are listed, in their order. */
  rows(request: { from: number; count: number }): Promise<DatasetRow[]>;
  /** Undefined for the order of the file. */
  sort(sort: DatasetSort | undefined): Promise<void>;
  filter(filter: DatasetFilter): Promise<void>;
  cancelFilter(): Promise<void>;
  setScoring(isOn: boolean): Promise<void>;
  open(request: { line: number }): Promise<void>;
  /** Asks where, and writes there what is listed: the numbers, or the lines as they are. */
  save(request: { format: 'csv' | 'jsonl' }): Promise<void>;
  cancelSave(): Promise<void>;
  reload(): Promise<void>;
}

export interface DatasetEvents {
  changed(state: Partial<DatasetState>): void;
  funnelChanged(funnel: FunnelState): void;
  lengthsChanged(lengths: LengthsState): void;
}
