/**
 * An error that a person reads: one sentence that says what happened and what to do about it.
 * Whatever else is thrown is a defect of Vitrine's own.
 */
export class VitrineError extends Error {
  override readonly name = 'VitrineError';

  /** @param code stable and dotted, room first (`gguf.truncated`): tests and callers decide by it, never by the sentence. */
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The sentence of any thrown value. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
