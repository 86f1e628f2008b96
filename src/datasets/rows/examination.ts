import type { LineFile } from '../file/line-file';
import { pagedBytes } from '../file/paged-numbers';
import { Slices } from '../work/slices';
import { rowOf } from './row';

const CONVERSATION = 1;
const PROBLEM = 2;

/** Which lines of a file are conversations and which are not: a byte a line. */
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
  async go(file: LineFile, signal: AbortSignal, progressed: () => void): Promise<void> {
    const slices = new Slices(signal);
    for await (const line of file.stream(this.#examined, file.offsets.count)) {
      const isProblem = rowOf(line).problem !== undefined;
      this.#found.set(line.line, isProblem ? PROBLEM : CONVERSATION);
      this.#problems += isProblem ? 1 : 0;
      this.#examined = line.line + 1;
      await slices.next(progressed);
    }
    progressed();
  }
}
