/*
 * What the page of filters of a data set and its host say to each other. Titles and reasons are in the language of the person.
 * Documents are counted from 0; a call that fails rejects with an error whose message is a sentence for people.
 */
import type { FilterMeasure, Rejection, Span } from './filters-api';
import type { TaskProgress } from './progress';

/** A choice of rules and thresholds for a kind of data. */
export interface FunnelPreset {
  name: string;
  title: string;
  /** What it is for, and whose numbers it has. */
  why: string;
}

/** How much data, by each of the ways in which people count it. */
export interface DataAmount {
  documents: number;
  /** Of their texts in UTF-8. */
  bytes: number;
  /** By the vocabulary of the model in use; undefined while they are not counted. */
  tokens: number | undefined;
}

export interface FunnelMeasure extends FilterMeasure {
  title: string;
  /** What goes wrong with a model that learns from such documents. */
  why: string;
  /** Where somebody has moved it, another than the preset's. */
  threshold: number;
  /** Of the preset. */
  presetThreshold: number;
  /** Documents for which it is the reason. */
  removed: number;
  /** How many documents have a number in each of some equal parts of the slider; what lies beyond it is in the first or last. */
  histogram: Uint32Array;
}

/** Why a rule has measured nothing. */
export type FunnelNeed = 'model' | 'questions';

export interface FunnelRule {
  name: string;
  title: string;
  why: string;
  isOn: boolean;
  needs: FunnelNeed | undefined;
  /** Documents for which one of its measures is the reason. */
  removed: number;
  /** Documents that are left after it. */
  left: number;
  measures: FunnelMeasure[];
}

export type FunnelReading =
  /** Nobody has asked for it. */
  | { kind: 'off' }
  | ({ kind: 'working' } & TaskProgress)
  /** Somebody has ended it: what is said is of the documents that were read. */
  | ({ kind: 'stopped' } & TaskProgress)
  | { kind: 'failed'; message: string }
  | { kind: 'done' };

export interface FunnelState {
  presets: FunnelPreset[];
  /** The name of the one that is chosen. */
  preset: string;
  reading: FunnelReading;
  /** Of documents that are read. */
  all: DataAmount;
  kept: DataAmount;
  rules: FunnelRule[];
  /** What the file of questions is called. */
  questions: string | undefined;
  /** Another number where other documents are removed. */
  revision: number;
  /** What a person should know: results that are not kept, documents that cannot be read. */
  notices: string[];
  exporting: TaskProgress | undefined;
}

/** A document that is removed, as a line of a list. */
export interface RemovedDocument {
  index: number;
  /** Its beginning, in one line. */
  beginning: string;
  reason: string;
  measured: number;
  threshold: number;
}

/** A document that is removed, to be looked at. */
export interface OpenedDocument extends Rejection {
  index: number;
  /** As much of it as is shown; spans are places in this. */
  text: string;
  /** Where that begins in the document, and how long the document is, in UTF-16 units. */
  from: number;
  length: number;
  /** What the rule can say beside its spans, in sentences: "It is Portuguese, with a score of 0.93." */
  notes: string[];
  cluster: DuplicateCluster | undefined;
}

/** Documents that are nearly the same. */
export interface DuplicateCluster {
  /** The one that stays. */
  kept: number;
  size: number;
  /** The first of them, in the order of the data set. */
  members: { index: number; beginning: string; similarity: number }[];
}

/** Two documents side by side: what stands only in one of them is marked. */
export interface DocumentPair {
  left: { index: number; text: string; spans: Span[] };
  right: { index: number; text: string; spans: Span[] };
}

export interface FunnelHost {
  /** Reads the data set, or goes on where it was ended. */
  readDocuments(): Promise<void>;
  stopReading(): Promise<void>;
  choosePreset(preset: string): Promise<void>;
  setThreshold(request: { measure: string; threshold: number }): Promise<void>;
  setRule(request: { rule: string; isOn: boolean }): Promise<void>;
  /** Documents that a measure removes, or all of a rule's; the most extreme first. */
  removed(request: {
    rule: string;
    measure?: string | undefined;
    from: number;
    count: number;
  }): Promise<RemovedDocument[]>;
  document(request: { index: number }): Promise<OpenedDocument>;
  pair(request: { left: number; right: number }): Promise<DocumentPair>;
  /** Asks where, and writes there what stays as it stands, or what goes with its reasons. */
  exportDocuments(request: { what: 'kept' | 'removed' }): Promise<void>;
  stopExport(): Promise<void>;
  /** Asks for a file. */
  chooseQuestions(): Promise<void>;
  loadModel(): Promise<void>;
}
