import { sentence, VitrineError } from '../../shared/errors';
import { codePointAt, unitsOf } from '../unicode/character-class';
import { Matcher, TooManySteps } from './matcher';
import { parseRegex } from './parse';
import { type Instruction, Program } from './program';
import { cutOff, PatternReader } from './reader';

/** A regex of a vocabulary's file, which may be any: it is run in bounded time, whatever the text. */
export class Regex {
  private readonly instructions: readonly Instruction[];

  /** @throws VitrineError `tokenizer.regex` where it cannot be used */
  constructor(readonly pattern: string) {
    const fail = (problem: Parameters<PatternReader['error']>[0]) => new PatternReader(pattern).error(problem);
    this.instructions = new Program(parseRegex(pattern), fail).instructions;
  }

  /** Its matches in `units[begin, end)`, one after the other; an empty one right after another is none. */
  *matches(units: Uint16Array, begin: number, end: number): Generator<{ start: number; end: number }> {
    const matcher = this.bounded(() => new Matcher(this.instructions, units, begin, end));
    let from = begin;
    let last = -1;
    while (from <= end) {
      const found = this.bounded(() => matcher.find(from));
      if (!found) return;
      const isEmpty = found.end === found.start;
      if (!isEmpty || found.end !== last) {
        yield found;
        last = found.end;
      }
      from = found.end + (isEmpty ? unitsOf(codePointAt(units, found.end, end)) : 0);
    }
  }

  private bounded<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof TooManySteps)) throw error;
      throw new VitrineError(
        'tokenizer.regex-steps',
        sentence`The vocabulary splits text by a regex that takes too long on this text: ${cutOff(this.pattern)}. Give the model another text, or choose another model.`,
      );
    }
  }
}
