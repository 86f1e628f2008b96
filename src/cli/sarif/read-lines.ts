import { uriOf } from './uri';

/** Of a file's lines: chance makes any two of 10,000 alike in one of five million files. */
const DIGITS = 12;

/**
 * All that a run has read, by the address of its file and the fingerprint of a line. Results are only the most unusual of
 * it: what was below them before is not new when it comes among them.
 */
export class ReadLines {
  readonly #lines = new Map<string, Set<string>>();

  add(path: string, fingerprints: readonly string[]): void {
    this.#add(uriOf(path), fingerprints);
  }

  has(path: string, fingerprint: string): boolean {
    return this.#lines.get(uriOf(path))?.has(fingerprint.slice(0, DIGITS)) ?? false;
  }

  /** What goes into a log. */
  toJSON(): Record<string, string[]> {
    return Object.fromEntries([...this.#lines].map(([uri, lines]) => [uri, [...lines]]));
  }

  /** Of the runs of a log. */
  static fromJSON(runs: readonly Readonly<Record<string, readonly string[]>>[]): ReadLines {
    const read = new ReadLines();
    for (const [uri, fingerprints] of runs.flatMap(Object.entries<readonly string[]>)) read.#add(uri, fingerprints);
    return read;
  }

  #add(uri: string, fingerprints: readonly string[]): void {
    const known = this.#lines.get(uri) ?? new Set();
    for (const fingerprint of fingerprints) known.add(fingerprint.slice(0, DIGITS));
    this.#lines.set(uri, known);
  }
}
