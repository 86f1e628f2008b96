/*
 * What a model makes of the files of a workspace and of their changes: what the command line prints and the editor shows.
 * Lines are counted from 0, places in a line in UTF-16 units, surprisals are in bits.
 */

/** What stands in a line, as far as its text and its language tell. */
export const LINE_KINDS = ['declaration', 'import', 'comment', 'string', 'other'] as const;

export type LineKind = (typeof LINE_KINDS)[number];

/** The most surprising token of a line, with what the model expected there. */
export interface SurprisingToken {
  /** In the line, which may end before the token does. */
  start: number;
  end: number;
  text: string;
  bits: number;
  /** The token that the model found the most probable; undefined where a server does not say. */
  expected: string | undefined;
}

/** A line that has tokens. White space before its first letter is its own, also where a token holds the line break before it. */
export interface LineScore {
  line: number;
  kind: LineKind;
  tokens: number;
  /** The sum of the surprisals of its tokens. */
  bits: number;
  /** Of those, the tokens of names that this file has not had before, and what they cost. */
  newNames: { tokens: number; bits: number };
  /** How many standard deviations its mean lies above that of lines of its language and kind; NaN where too few are known. */
  z: number;
  worst: SurprisingToken;
}

/** With fewer tokens, chance decides how a file, a folder or a function stands beside others: nothing is said of it. */
export const FEWEST_TOKENS = 50;

export interface FileScore {
  /** From the folder that was asked about, with `/`. */
  path: string;
  /** As the editor names languages: `typescript`, `python`, … */
  languageId: string;
  tokens: number;
  bits: number;
  /** The mean of its lines' z, weighted by tokens. */
  z: number;
  lines: LineScore[];
}

/** Why a file is not read. */
export type LeftOut =
  | 'ignored'
  | 'generated'
  | 'vendored'
  | 'minified'
  | 'binary'
  | 'tooLarge'
  | 'notCode'
  | 'empty'
  | 'unreadable';

/** How far the background reader is with a folder. Files that are as they were count as read. */
export interface ScanProgress {
  filesRead: number;
  files: number;
  tokensRead: number;
  /** An estimate from sizes until all are known. */
  tokens: number;
  tokensPerSecond: number;
  /** NaN while nothing is known of the rate. */
  secondsLeft: number;
}

/** What the background reader is at with a folder. */
export type ScanState =
  | { kind: 'off' }
  | { kind: 'loading' }
  | { kind: 'working' }
  /** Somebody uses the engine, the machine runs on its battery, or a server does not answer: then the message says why. */
  | { kind: 'waiting'; reason: string; message?: string | undefined }
  | { kind: 'paused' }
  | { kind: 'failed'; message: string }
  | { kind: 'done' };

/** A token of a line that a change takes away or puts there. */
export interface ChangedLineToken extends SurprisingToken {
  line: number;
  /** Whether it is of a name that the code of its file has not had before. */
  isNewName: boolean;
}

/** A change that asks for no look: only its white space differs, or other places of the change have the same lines. */
export type TrivialChange = 'whiteSpace' | 'moved';

/** Lines that a change takes away and those that it puts there; either may be none. */
export interface HunkScore {
  path: string;
  languageId: string;
  /** In the file before the change. */
  before: { from: number; to: number };
  /** In the file after it. */
  after: { from: number; to: number };
  /** Both given the same of the new file before the hunk: of the two, only the lines differ. */
  removed: LineScore[];
  added: LineScore[];
  /** Mean surprisal of a token; NaN where there is none. */
  removedMean: number;
  addedMean: number;
  /**
   * What it is ranked by: the bits of `worst`, of a name that is new in its file `NEW_NAME_BITS` less; NaN where there is no
   * such token.
   */
  surprise: number;
  /** Whether the code of both sides is the same. */
  isComment: boolean;
  trivial: TrivialChange | undefined;
  /** Of the tokens that the change puts there, and that were not there before, the most surprising; undefined where there is none. */
  worst: ChangedLineToken | undefined;
  /** The token in whose place that one stands, where one was replaced by one. */
  replaced: ChangedLineToken | undefined;
  /** Of the new file's other lines that were read, the share whose mean is lower than that of the added ones; NaN where they are few. */
  higherThan: number;
}
