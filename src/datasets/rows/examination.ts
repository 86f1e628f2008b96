import { pagedBytes } from '../file/paged-numbers';
import { Slices } from '../work/slices';
import type { RowFile } from './row-file';

const READABLE = 1;
const PROBLEM = 2;

/** Which rows of a data set can be read and which cannot: a byte a row. */
export class Examination {
  readonly #found = pagedBytes();
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

  /** Looks at the lines that are known and were not looked at, in slices. @throws AbortError */
  async go(file: RowFile, signal: AbortSignal, progressed: () => void): Promise<void> {
    const slices = new Slices(signal);
    for await (const { line, problem } of file.stream(this.#examined, file.count)) {
      const isProblem = problem !== undefined;
      this.#found.set(line, isProblem ? PROBLEM : READABLE);
      this.#problems += isProblem ? 1 : 0;
      this.#examined = line + 1;
      await slices.next(progressed);
    }
    progressed();
  }
}
