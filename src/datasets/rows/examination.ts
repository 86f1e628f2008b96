import { setImmediate } from 'node:timers/promises';
import type { LineFile } from '../file/line-file';
import { PagedNumbers } from '../file/paged-numbers';
import { rowOf } from './row';

/** Nobody waits longer for this thread. */
const SLICE_MS = 8;

const UNKNOWN = 0;
const CONVERSATION = 1;
const PROBLEM = 2;

/** Which lines of a file are conversations and which are not: a byte a line. */
export class Examination {
  readonly #found = new PagedNumbers((length) => new Uint8Array(length));
  #examined = 0;
  #problems = 0;

  /** Lines that were looked at, from the first on. */
  get examined(): number {
    return this.#examined;
  }

  get problems(): number {
    return this.#problems;
  }

  isProblem(line: number): boolean {
    return this.#found.get(line) === PROBLEM;
  }

  isExamined(line: number): boolean {
    return (this.#found.get(line) ?? UNKNOWN) !== UNKNOWN;
  }

  /** Looks at the lines that are known and were not looked at, in slices. @throws AbortError */
  async go(file: LineFile, signal: AbortSignal, progressed: () => void): Promise<void> {
    let since = performance.now();
    for await (const line of file.stream(this.#examined, file.offsets.count)) {
      const isProblem = rowOf(line).problem !== undefined;
      this.#found.set(line.line, isProblem ? PROBLEM : CONVERSATION);
      this.#problems += isProblem ? 1 : 0;
      this.#examined = line.line + 1;
      if (performance.now() - since < SLICE_MS) continue;
      progressed();
      await setImmediate();
      signal.throwIfAborted();
      since = performance.now();
    }
    progressed();
  }
}
