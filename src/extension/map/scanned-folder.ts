import type * as vscode from 'vscode';
import type { MapScanning } from '../../shared/map-api';
import type { LeftOut, ScanProgress } from '../../shared/workspace-api';
import type { FileText, RawFileScore } from '../../workspace/score-file';

/** What the map, lenses and badges ask of the background reader of a folder. */
export interface ScannedFolder {
  readonly uri: vscode.Uri;
  readonly name: string;
  /** Of the model that reads; undefined while none is loaded. */
  readonly model: string | undefined;
  readonly scanning: MapScanning;
  readonly progress: ScanProgress;
  /** Files that are read or to be read, by path. */
  readonly files: ReadonlyMap<string, { path: string; languageId: string; bytes: number }>;
  /** By path; folders end with a slash. */
  readonly leftOut: ReadonlyMap<string, LeftOut>;
  /** What a person should know: results that are not kept. */
  readonly notice: string | undefined;
  /** Fires when anything above is another. */
  readonly onDidChange: vscode.Event<void>;
  /** Tells of each file that is read, also where it had been read before. */
  readonly onDidRead: vscode.Event<RawFileScore>;
  /** Begins, goes on, or pauses. */
  setScanning(isOn: boolean): Promise<void>;
  /** What is not read yet is not read. */
  end(): Promise<void>;
  /** What the model makes of a text: looked up where it was read before, else read in the background. @throws AbortError */
  scoreOf(file: FileText, signal: AbortSignal): Promise<RawFileScore>;
}
