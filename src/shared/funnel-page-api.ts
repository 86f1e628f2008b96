/*
 * What the page of filters of a data set and its host say to each other. Titles and reasons are in the language of the person.
 * Documents are counted from 0; a call that fails rejects with an error whose message is a sentence for people.
 */
import type {
  DataAmount,
  DuplicateCluster,
  FilterMeasure,
  NearThreshold,
  RejectedDocument,
  RemovedDocument,
  Span,
} from './filters-api';
import type { TaskProgress } from './progress';

/** A choice of rules and thresholds for a kind of data. */
export interface FunnelPreset {
  name: string;
  title: string;
  /** What it is for, and whose numbers it has. */
  why: string;
}

export interface FunnelMeasure extends Omit<FilterMeasure, 'threshold'> {
  title: string;
  /** What goes wrong with a model that learns from such documents. */
  why: string;
  /** Undefined where it is off. */
  threshold: number | undefined;
  /** Where it comes back to: the preset's, or the measure's own where the preset has it off. */
  ownThreshold: number;
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
  /** Why the preset has it so. */
  note: string;
  isOn: boolean;
  /** Whether it decides in another way than the preset has it. */
  isChanged: boolean;
  /** Whether it holds documents against each other, of which one stays. */
  findsCopies: boolean;
  needs: FunnelNeed | undefined;
  /** Of documents that a model reads for it, while it does. */
  reading: TaskProgress | undefined;
  /** Documents for which one of its measures is the reason. */
  removed: number;
  /** Documents that are left after it. */
  left: number;
  measures: FunnelMeasure[];
}

export type FunnelReading =
  /** Nobody has asked for it. */
  | { kind: 'off' }
  /** It is looked whether it has been read before. Of bytes. */
  | ({ kind: 'opening' } & TaskProgress)
  /** Of documents. Seconds are NaN while nobody can tell. */
  | ({ kind: 'working'; secondsLeft: number } & TaskProgress)
  /** Somebody has ended it: what is said is of the documents that were read. */
  | { kind: 'stopped' }
  | { kind: 'failed'; message: string }
  | { kind: 'done' };

/** Tokens of all documents that are read, and of those that stay. */
export interface TokenTotals {
  all: number;
  kept: number;
  /** From how many documents they are estimated; undefined where all were counted. */
  estimatedFrom: number | undefined;
}

/** Documents that were written to a file. */
export interface WrittenFile {
  /** What it is called. */
  name: string;
  documents: number;
  /** Of the file. */
  bytes: number;
}

export interface FunnelState {
  presets: FunnelPreset[];
  /** The name of the one that is chosen. */
  preset: string;
  /** One that is wanted, for which documents have to be read again: until then all is said of the one that is chosen. */
  wanted: { preset: string; documents: number } | undefined;
  reading: FunnelReading;
  /** Of documents that are read. */
  all: DataAmount;
  kept: DataAmount;
  /** Undefined until some are counted, and where that cannot be done. */
  tokens: (TokenTotals & { vocabulary: string }) | undefined;
  rules: FunnelRule[];
  /** What the file of questions is called. */
  questions: string | undefined;
  /** Another number where other documents are removed. */
  revision: number;
  /** What went wrong with a model that reads, or with a file of questions, or that the data set has changed. */
  notice: string | undefined;
  exporting: TaskProgress | undefined;
  /** What was exported last. */
  written: WrittenFile | undefined;
}

/** A document that is removed, or that stays and is seen by a measure, to be looked at. */
export interface OpenedDocument extends Omit<RejectedDocument, 'problem'> {
  /** Why it cannot be read, or not whole. */
  problem: string | undefined;
  /** Where the text that is shown, in which spans are places, begins in the document; and how long all of it is. */
  from: number;
  length: number;
  /** Of a near-duplicate. */
  cluster: ClusterMembers | undefined;
}

/** Documents that are nearly the same, or the first of them. */
export interface ClusterMembers extends DuplicateCluster {
  /** Of all, with those that are not among the first. */
  size: number;
  /** Of each member the beginning, in one line. */
  beginnings: string[];
}

/** Two documents side by side: what stands only in one of them is marked. */
export interface DocumentPair {
  /** Which share of their sequences of five words both have, estimated by MinHash, 0 to 1; NaN where one has none. */
  alike: number;
  left: { index: number; text: string; spans: Span[] };
  right: { index: number; text: string; spans: Span[] };
}

export interface FunnelHost {
  /** Opens the data set for the rules: what is known of it from before is there then. */
  openFunnel(): Promise<void>;
  /** Reads the data set, or goes on where it was ended. */
  readDocuments(): Promise<void>;
  stopReading(): Promise<void>;
  /** Where its numbers are not known it is only wanted, until `readWanted`. */
  choosePreset(preset: string): Promise<void>;
  /** Reads all documents again, by the preset that is wanted. */
  readWanted(): Promise<void>;
  /** Has all of the preset's again. */
  resetChoices(): Promise<void>;
  /** Undefined turns a measure off. */
  setThreshold(request: { measure: string; threshold: number | undefined }): Promise<void>;
  setRule(request: { rule: string; isOn: boolean }): Promise<void>;
  /** Documents that a measure removes, or all of a rule's; the most extreme first. */
  removed(request: {
    rule: string;
    measure?: string | undefined;
    from: number;
    count: number;
  }): Promise<RemovedDocument[]>;
  /** Of what the rules before it leave, how many documents a rule would remove that is off. */
  wouldRemove(rule: string): Promise<number>;
  /** Documents that a measure removes, and those that stay, of which it has measured nearly the threshold. */
  nearThreshold(request: { measure: string; count: number }): Promise<NearThreshold>;
  /** @param request.measure by which a document is seen that stays */
  document(request: { index: number; measure?: string | undefined }): Promise<OpenedDocument>;
  /** Opens the line of the file that a document stands in, or its file; where it has none, its text. */
  openInFile(request: { index: number }): Promise<void>;
  pair(request: { left: number; right: number }): Promise<DocumentPair>;
  /** Asks where, and writes there what stays as it stands, or what goes with its reasons. */
  exportDocuments(request: { what: 'kept' | 'removed' }): Promise<void>;
  stopExport(): Promise<void>;
  /** Opens the file that was written last. */
  openWritten(): Promise<void>;
  /** Asks for a file. */
  chooseQuestions(): Promise<void>;
  /** Has the model in use read what all other rules let through, in the background. */
  readByModel(): Promise<void>;
  stopModel(): Promise<void>;
}
