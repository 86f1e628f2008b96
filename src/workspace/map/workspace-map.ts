import type { LineNorm, MapFile } from '../../shared/map-api';
import type { FileScore } from '../../shared/workspace-api';
import { LineMoments } from './line-norms';
import { sumsByKind } from './line-sums';

/** Of a byte of source text, about. */
const TOKENS_A_BYTE = 0.3;

/** The files of a folder with what their lines come to: little enough for 100,000 of them. */
export class WorkspaceMap {
  readonly #files = new Map<string, MapFile>();
  readonly #moments = new Map<string, LineMoments>();
  #norms: LineNorm[] | undefined;

  get files(): MapFile[] {
    return [...this.#files.values()];
  }

  /** Of all files that are read. */
  get norms(): LineNorm[] {
    if (!this.#norms) {
      const all = new LineMoments();
      for (const moments of this.#moments.values()) all.add(moments);
      this.#norms = all.norms;
    }
    return this.#norms;
  }

  /** A file that is to be read. */
  expect(path: string, languageId: string, bytes: number): MapFile {
    const file = { path, languageId, tokens: Math.ceil(TOKENS_A_BYTE * bytes), sums: undefined };
    return this.#put(file, undefined);
  }

  read(score: FileScore): MapFile {
    const { path, languageId, tokens, lines } = score;
    const moments = new LineMoments();
    moments.addLines(score);
    return this.#put({ path, languageId, tokens, sums: sumsByKind(lines) }, moments);
  }

  remove(path: string): void {
    this.#files.delete(path);
    this.#moments.delete(path);
    this.#norms = undefined;
  }

  #put(file: MapFile, moments: LineMoments | undefined): MapFile {
    this.remove(file.path);
    this.#files.set(file.path, file);
    if (moments) this.#moments.set(file.path, moments);
    return file;
  }
}
