import type { LineNorm, MapFile } from '../../shared/map-api';
import type { RawFileScore } from '../score-file';
import { bothSumsOf, type FileBothSums, LineNorms } from './line-norms';
import { sumsByKind } from './line-sums';

/** Of a byte of source text, about. */
const TOKENS_A_BYTE = 0.3;

/** The files of a folder with what their lines come to: little enough for 100,000 of them. */
export class WorkspaceMap {
  readonly #files = new Map<string, MapFile>();
  readonly #sums = new Map<string, FileBothSums>();
  readonly #norms = new LineNorms();

  get files(): MapFile[] {
    return [...this.#files.values()];
  }

  /** Of all files that are read. */
  get norms(): LineNorm[] {
    return this.#norms.norms;
  }

  /** Paths of files that are read and have no token that counts. */
  get tooShort(): string[] {
    return this.files.filter(({ sums }) => sums && Object.keys(sums).length === 0).map(({ path }) => path);
  }

  get(path: string): MapFile | undefined {
    return this.#files.get(path);
  }

  /** A file that is to be read. */
  expect(path: string, languageId: string, bytes: number): MapFile {
    this.remove(path);
    const file = { path, languageId, tokens: Math.ceil(TOKENS_A_BYTE * bytes), sums: undefined };
    this.#files.set(path, file);
    return file;
  }

  read({ path, languageId, tokens, lines }: RawFileScore): MapFile {
    this.remove(path);
    const sums = bothSumsOf(lines);
    this.#sums.set(path, sums);
    this.#norms.add(languageId, sums);
    const file = { path, languageId, tokens, sums: sumsByKind(lines) };
    this.#files.set(path, file);
    return file;
  }

  remove(path: string): void {
    const file = this.#files.get(path);
    const sums = this.#sums.get(path);
    if (file && sums) this.#norms.remove(file.languageId, sums);
    this.#files.delete(path);
    this.#sums.delete(path);
  }
}
