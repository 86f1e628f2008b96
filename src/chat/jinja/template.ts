import { compile } from './compile';
import { takesContentParts } from './content-format';
import { globalsAt } from './globals';
import type { Node } from './nodes';
import { Scope } from './scope';
import { type Range, Run } from './statements';
import { TemplateError, TemplateRefusal } from './template-error';
import type { Text } from './text';
import type { Value } from './values';

/** A chat template, ready to be run: as jinja2 does in transformers' sandbox. */
export class Template {
  /** Whether a message's content may be a list of parts. */
  readonly takesParts: boolean;
  /** Whether it says itself what an assistant is to say. */
  readonly marksAnswers: boolean;
  readonly #body: Node[];

  /** @throws TemplateError where it is not Jinja */
  constructor(source: string) {
    this.#body = compile(source);
    this.takesParts = takesContentParts(this.#body);
    this.marksAnswers = /\{%-?\s*generation\s*-?%\}/.test(source);
  }

  /** @throws TemplateError, TemplateRefusal */
  run(variables: ReadonlyMap<string, Value>, time: Date): Rendering {
    const run = new Run();
    try {
      run.body(this.#body, new Scope(new Scope(undefined, new Map([...globalsAt(time), ...variables]))));
    } catch (error) {
      if (error instanceof TemplateError || error instanceof TemplateRefusal) throw error;
      if (error instanceof RangeError) throw new TemplateError('calls itself without end', { cause: error });
      throw error;
    }
    return { text: run.output.text(), pieces: run.output.pieces, generated: run.generated };
  }
}

export interface Rendering {
  text: Text;
  pieces: Run['output']['pieces'];
  generated: Range[];
}
