import type { LineNorm, MapFile } from '../../shared/map-api';
import type { RawFileScore } from '../score-file';
import { LineNorms } from './line-norms';
import { sumsByKind } from './line-sums';

/** Of a byte of source text, about. */
const TOKENS_A_BYTE = 0.3;

/** The files of a folder with what their lines come to: little enough for 100,000 of them. */
export class WorkspaceMap {
  readonly #files = new Map<string, MapFile>();
  readonly #normsOf = new Map<string, LineNorms>();
  #norms: LineNorm[] | undefined;

  get files(): MapFile[] {
    return [...this.#files.values()];
  }

  /** Of all files that are read. */
  get norms(): LineNorm[] {
    if (!this.#norms) {
      const all = new LineNorms();
      for (const own of this.#normsOf.values()) all.addAll(own);
      this.#norms = all.norms;
    }
    return this.#norms;
  }

  /** A file that is to be read. */
  expect(path: string, languageId: string, bytes: number): MapFile {
    const file = { path, languageId, tokens: Math.ceil(TOKENS_A_BYTE * bytes), sums: undefined };
    return this.#put(file, undefined);
  }

  read(score: RawFileScore): MapFile {
    const { path, languageId, tokens, lines } = score;
    const own = new LineNorms();
    own.add(languageId, lines);
    return this.#put({ path, languageId, tokens, sums: sumsByKind(lines) }, own);
  }

  remove(path: string): void {
    this.#files.delete(path);
    this.#normsOf.delete(path);
    this.#norms = undefined;
  }

  #put(file: MapFile, norms: LineNorms | undefined): MapFile {
    this.remove(file.path);
    this.#files.set(file.path, file);
    if (norms) this.#normsOf.set(file.path, norms);
    return file;
  }
}
