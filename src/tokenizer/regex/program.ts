import { type Sentence, sentence } from '../../shared/errors';
import type { CharacterSet } from '../splits/character-set';
import type { Node, Place } from './syntax';

/** One step of a program. The next one follows it, where it does not say otherwise. */
export type Instruction =
  | { type: 'set'; set: CharacterSet }
  /** Goes on at `first`, and if that leads to no match, at `second`. */
  | { type: 'split'; first: number; second: number }
  | { type: 'jump'; to: number }
  | { type: 'assert'; place: Place }
  /** Runs the program that follows, up to its `match`, and then goes on at `to`: where it ended, or from here. */
  | { type: 'run'; to: number; kind: 'atomic' | 'ahead' | 'notAhead' }
  | { type: 'run'; to: number; kind: 'behind' | 'notBehind'; back: number }
  | { type: 'match' };

/** Longer programs come from repetitions of repetitions. */
const LONGEST = 5000;

/**
 * A regex as steps for a machine that tries what comes first and goes back where it fails (Thompson, Pike;
 * https://swtch.com/~rsc/regexp/regexp2.html). Counts are written out.
 */
export class Program {
  readonly instructions: Instruction[] = [];

  /** @param fail makes the error of a regex that cannot be used */
  constructor(
    node: Node,
    private readonly fail: (problem: Sentence) => Error,
  ) {
    this.add(node);
    this.push({ type: 'match' });
  }

  private add(node: Node): void {
    switch (node.type) {
      case 'set':
      case 'assert':
        this.push(node);
        return;
      case 'sequence':
        for (const item of node.items) this.add(item);
        return;
      case 'choice':
        this.addChoice(node.options);
        return;
      case 'repeat':
        if (node.mode === 'possessive')
          this.addRun({ type: 'run', to: 0, kind: 'atomic' }, { ...node, mode: 'greedy' });
        else this.addRepeat(node.item, node.min, node.max, node.mode === 'lazy');
        return;
      case 'atomic':
        this.addRun({ type: 'run', to: 0, kind: 'atomic' }, node.item);
        return;
      case 'look':
        if (node.ahead) this.addRun({ type: 'run', to: 0, kind: node.negative ? 'notAhead' : 'ahead' }, node.item);
        else this.addBehind(node.item, node.negative);
    }
  }

  private addChoice(options: readonly Node[]): void {
    const ends: { type: 'jump'; to: number }[] = [];
    for (const [i, option] of options.entries()) {
      if (i === options.length - 1) {
        this.add(option);
        break;
      }
      const split = this.push({ type: 'split', first: this.instructions.length + 1, second: 0 });
      this.add(option);
      ends.push(this.push({ type: 'jump', to: 0 }));
      split.second = this.instructions.length;
    }
    for (const end of ends) end.to = this.instructions.length;
  }

  private addRepeat(item: Node, min: number, max: number, isLazy: boolean): void {
    for (let i = 0; i < min; i++) this.add(item);
    if (max === Number.POSITIVE_INFINITY) {
      const start = this.instructions.length;
      const split = this.push({ type: 'split', first: 0, second: 0 });
      this.add(item);
      this.push({ type: 'jump', to: start });
      this.aim(split, start + 1, this.instructions.length, isLazy);
      return;
    }
    const splits: { at: number; split: Instruction & { type: 'split' } }[] = [];
    for (let i = min; i < max; i++) {
      splits.push({ at: this.instructions.length, split: this.push({ type: 'split', first: 0, second: 0 }) });
      this.add(item);
    }
    for (const { at, split } of splits) this.aim(split, at + 1, this.instructions.length, isLazy);
  }

  private aim(split: Instruction & { type: 'split' }, item: number, after: number, isLazy: boolean): void {
    split.first = isLazy ? after : item;
    split.second = isLazy ? item : after;
  }

  private addRun(run: Instruction & { type: 'run' }, item: Node): void {
    this.push(run);
    this.add(item);
    this.push({ type: 'match' });
    run.to = this.instructions.length;
  }

  /** What stands before is looked at from as far back as it is long. Each option may have a length of its own. */
  private addBehind(item: Node, negative: boolean): void {
    const options = item.type === 'choice' ? item.options : [item];
    const runs = options.map((option): { run: Instruction & { type: 'run' }; option: Node } => {
      const back = lengthOf(option);
      if (back === undefined) throw this.fail(sentence`looks back over a text of no fixed length`);
      return { run: { type: 'run', to: 0, kind: negative ? 'notBehind' : 'behind', back }, option };
    });
    // None may be there: one after the other. Any may be there: a choice.
    if (negative) for (const { run, option } of runs) this.addRun(run, option);
    else this.addOptions(runs);
  }

  private addOptions(runs: { run: Instruction & { type: 'run' }; option: Node }[]): void {
    const ends: { type: 'jump'; to: number }[] = [];
    for (const [i, { run, option }] of runs.entries()) {
      const isLast = i === runs.length - 1;
      const split = isLast ? undefined : this.push({ type: 'split', first: this.instructions.length + 1, second: 0 });
      this.addRun(run, option);
      if (split) {
        ends.push(this.push({ type: 'jump', to: 0 }));
        split.second = this.instructions.length;
      }
    }
    for (const end of ends) end.to = this.instructions.length;
  }

  private push<T extends Instruction>(instruction: T): T {
    if (this.instructions.length === LONGEST) throw this.fail(sentence`is too long`);
    this.instructions.push(instruction);
    return instruction;
  }
}

/** How many characters a node matches; undefined where that is not always the same. */
function lengthOf(node: Node): number | undefined {
  switch (node.type) {
    case 'set':
      return 1;
    case 'assert':
    case 'look':
      return 0;
    case 'atomic':
      return lengthOf(node.item);
    case 'sequence':
      return node.items.reduce<number | undefined>((sum, item) => add(sum, lengthOf(item)), 0);
    case 'choice': {
      const [first, ...others] = node.options.map(lengthOf);
      return others.every((length) => length === first) ? first : undefined;
    }
    case 'repeat': {
      const length = lengthOf(node.item);
      return node.min === node.max && length !== undefined ? node.min * length : undefined;
    }
  }
}

function add(left: number | undefined, right: number | undefined): number | undefined {
  return left === undefined || right === undefined ? undefined : left + right;
}
