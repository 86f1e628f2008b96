/*
 * What the map of a workspace and its host say to each other. Lines are counted from 0, surprisals are in bits; numbers that
 * are not known are NaN. A call that fails rejects with an error whose message is a sentence for people, in their language.
 */

import type { SavedFile } from './saved-file';
import { type LeftOut, LINE_KINDS, type LineKind, type ScanProgress, type ScanState } from './workspace-api';

/** What lines come to: their tokens and the sum of the surprisals of these. */
export interface LineSum {
  tokens: number;
  bits: number;
  /** Of those, the tokens of names that their file has not had before, and what they cost. */
  newNames: { tokens: number; bits: number };
}

export type KindSums = Partial<Record<LineKind, LineSum>>;

export interface MapFile {
  /** From the folder that is mapped, with `/`. */
  path: string;
  languageId: string;
  /** An estimate from its size until it is read. */
  tokens: number;
  /** Undefined until it is read. */
  sums: KindSums | undefined;
}

/** Files of a map as they cross between two processes: as objects, 50,000 of them would stop both for a second. */
export interface PackedFiles {
  paths: string[];
  languages: string[];
  /** Of each file, the place of its language. */
  languageOf: Uint32Array;
  tokens: Float64Array;
  /** Of each file and kind of line the four numbers of a `LineSum`; of a file that is not read the first is NaN. */
  sums: Float64Array;
}

/** The mean surprisal of a token in lines of one language and kind, over these lines; NaN where too few are known. */
export interface LineNorm {
  languageId: string;
  kind: LineKind;
  all: { mean: number; deviation: number };
  /** Of the same lines without the names that their file has not had before. */
  withoutNewNames: { mean: number; deviation: number };
}

/** A function, a class or a method of a file, as the editor knows them. */
export interface MapSymbol {
  name: string;
  /** Its first line. */
  line: number;
  sums: KindSums;
}

/** Which lines count, and which of their tokens. */
export interface MapView {
  kinds: LineKind[];
  withoutNewNames: boolean;
}

export const WHOLE_VIEW: MapView = { kinds: [...LINE_KINDS], withoutNewNames: false };

/** The line of a file that surprises the model most. */
export interface MapLine {
  line: number;
  text: string;
  z: number;
  /** Its most surprising token, in UTF-16 units of the line. */
  worst: { start: number; end: number; bits: number };
  /** The token that the model found the most probable there; undefined where a server does not say. */
  expected: string | undefined;
}

/** Why a map has not a file: it is not read, or has no token behind those at its beginning, which do not count. */
export type NotMapped = LeftOut | 'tooShort';

export interface MapState {
  /** Of the folder. */
  name: string;
  /** Undefined while none is loaded. */
  model: string | undefined;
  scanning: ScanState;
  progress: ScanProgress;
  /** Files that the map does not have, by why. */
  leftOut: { reason: NotMapped; files: number; examples: string[] }[];
  norms: LineNorm[];
  /** What a person should know: results that are not kept. */
  notice: string | undefined;
}

export interface MapStart {
  /** BCP 47, of the editor's display language. */
  language: string;
  /** English text to the same in that language. */
  translations: Record<string, string>;
  state: MapState;
  files: PackedFiles;
}

export interface MapHost {
  start(): Promise<MapStart>;
  /** Begins, goes on, or pauses. */
  setScanning(isOn: boolean): Promise<void>;
  /** What is not read yet is not read. */
  endScan(): Promise<void>;
  /** Undefined where the file has no line that counts. */
  mostSurprisingLine(request: { path: string; view: MapView }): Promise<MapLine | undefined>;
  symbols(request: { path: string }): Promise<MapSymbol[]>;
  /** Where files are read, a file that is to be read is the next. */
  readNext(request: { path: string }): Promise<void>;
  open(request: { path: string; line: number }): Promise<void>;
  /** Asks where, and writes it there. */
  save(file: SavedFile): Promise<void>;
}

export interface MapEvents {
  /** @param files those that are new or have changed @param gone paths of those that are no longer there */
  changed(state: Partial<MapState>, files: PackedFiles, gone: string[]): void;
}
