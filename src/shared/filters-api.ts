import type { Sentence } from './errors';

/*
 * Rules that decide which documents of a data set stay. A rule measures a document once; thresholds decide of what it
 * measured, so that another threshold needs no other reading.
 */

/** Places in a document's text, in UTF-16 units. */
export interface Span {
  start: number;
  end: number;
}

/** One number that a rule measures of a document, and what it may be. */
export interface FilterMeasure {
  /** The reason's name in datatrove, where it has one: `gopher_short_doc`. */
  name: string;
  /** A document goes where the number is above the threshold, or below it. */
  removes: 'above' | 'below';
  /** What the threshold is where nobody has moved it; a rule that is off has none. */
  threshold: number;
  /** How a slider goes: from least to most, in such steps. */
  slider: { minimum: number; maximum: number; step: number };
  /** What kind of number it is: a share is at most 1, and a ratio may be more. */
  draw: 'count' | 'share' | 'ratio' | 'length' | 'bits';
}

/** Why a document goes: the first measure that its threshold does not let pass, in the order of the rules. */
export interface Rejection {
  /** Of the measure. */
  reason: string;
  measured: number;
  threshold: number;
  /** Of a copy the document that stays instead. */
  copyOf?: number;
  /** Of a document that goes by its language the one that is likeliest instead, ISO 639-1; empty where none is. */
  language?: string;
  /** The characters that tripped it. */
  spans: Span[];
}

/** What `vitrine data --json` says. Documents are counted from 0. */
export interface FilterReport {
  documents: number;
  kept: number;
  rejected: ({ index: number } & Rejection)[];
}

/** How many documents go for being in a language. */
export interface LanguageCount {
  /** ISO 639-1; empty where none is likely. */
  language: string;
  documents: number;
}

/** By the name of a measure; one that has none is off. */
export type Thresholds = Readonly<Record<string, number>>;

/** How much data. */
export interface DataAmount {
  documents: number;
  /** Of their texts in UTF-8. */
  bytes: number;
}

/** What thresholds make of the documents that have been measured. */
export interface Decision {
  all: DataAmount;
  kept: DataAmount;
  /** Of each measure, in their order: the documents for which it is the reason. */
  removed: Uint32Array;
}

/** A document that is removed, as a line of a list. */
export interface RemovedDocument {
  index: number;
  /** Of its text, in one line. */
  beginning: string;
  reason: string;
  measured: number;
  threshold: number;
}

/** Documents on both sides of a measure's threshold, of each side the nearest to it first. */
export interface NearThreshold {
  removed: RemovedDocument[];
  kept: RemovedDocument[];
}

/** A document that is removed, or one that stays as a measure sees it, read once more. */
export interface RejectedDocument extends Rejection {
  index: number;
  stays: boolean;
  text: string;
  /** Why it cannot be read, or not whole. */
  problem: Sentence | undefined;
}

/** Documents that are nearly the same, in the order of the data set. */
export interface DuplicateCluster {
  /** The one that stays. */
  kept: number;
  members: number[];
}
