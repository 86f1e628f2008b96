/** English text with `{0}` for its first value, so that it can be said in another language: `render` of display does. */
export interface Sentence {
  template: string;
  values: SentenceValue[];
}

/**
 * Words as they are, and so ids and what stands in a file; a sentence with a translation of its own; or what is written
 * as the reader's language has it: a count, a number of bytes, a number with so many decimals.
 */
export type SentenceValue = string | Sentence | number | { bytes: number } | { number: number; decimals: number };

/** A tag for template literals: what stands in `${…}` becomes `{0}`, `{1}`, … and a value. */
export function sentence(parts: TemplateStringsArray, ...values: SentenceValue[]): Sentence {
  return { template: parts.reduce((text, part, i) => `${text}{${i - 1}}${part}`), values };
}

/** The text of a template with its values in their places. */
export function fill(template: string, ...values: (string | number)[]): string {
  return template.replace(/\{(\d+)\}/g, (_, index) => String(values[index]));
}

/** English, its numbers as JavaScript writes them. */
function plainText({ template, values }: Sentence): string {
  return fill(template, ...values.map(plainValue));
}

function plainValue(value: SentenceValue): string {
  if (typeof value !== 'object') return `${value}`;
  if ('template' in value) return plainText(value);
  return 'bytes' in value ? `${value.bytes} bytes` : value.number.toFixed(value.decimals);
}

/**
 * An error that a person reads: one sentence that says what happened and what to do about it.
 * Whatever else is thrown is a defect of Vitrine's own. People are shown `errorText` of display; `message` is for stacks.
 */
export class VitrineError extends Error {
  override readonly name = 'VitrineError';
  /** What `message` was made of, where it can be translated. */
  readonly sentence: Sentence | undefined;

  /** @param code stable and dotted, room first (`gguf.truncated`): tests and callers decide by it, never by the sentence. */
  constructor(
    readonly code: string,
    text: string | Sentence,
    options?: ErrorOptions,
  ) {
    super(typeof text === 'string' ? text : plainText(text), options);
    this.sentence = typeof text === 'string' ? undefined : text;
  }
}

/** The sentence of any thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What whoever waits is told of what a person has ended. */
export const cancelled = () => new VitrineError('task.cancelled', sentence`Cancelled.`);
