/** English text with `{0}` for its first value, so that it can be said in another language. */
export interface Sentence {
  template: string;
  /** A sentence among them is a part with a translation of its own. */
  values: (string | number | Sentence)[];
}

/** A tag for template literals: what stands in `${…}` becomes `{0}`, `{1}`, … and a value. */
export function sentence(parts: TemplateStringsArray, ...values: Sentence['values']): Sentence {
  return { template: parts.reduce((text, part, i) => `${text}{${i - 1}}${part}`), values };
}

/** The finished text of a sentence. @param translate looks a template up in another language and puts the values in. */
export function render({ template, values }: Sentence, translate = fill): string {
  const rendered = values.map((value) => (typeof value === 'object' ? render(value, translate) : value));
  return translate(template, ...rendered);
}

function fill(template: string, ...values: (string | number)[]): string {
  return template.replace(/\{(\d+)\}/g, (_, index) => String(values[index]));
}

/**
 * An error that a person reads: one sentence that says what happened and what to do about it.
 * Whatever else is thrown is a defect of Vitrine's own.
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
    super(typeof text === 'string' ? text : render(text), options);
    this.sentence = typeof text === 'string' ? undefined : text;
  }
}

/** The sentence of any thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
