import type { WhyTerm, WhyTerms } from '../../../display/why-terms';

/** Means of what every part of a model wrote, over prompts, each of which counts the same. */
export class WhyMeans {
  #prompts = 0;
  #logitDifference = 0;
  #remainder = 0;
  /** By what a term is of: a part that wrote nothing in a prompt may not be among its terms. */
  readonly #terms = new Map<string, WhyTerm>();

  add({ terms, logitDifference, remainder }: WhyTerms): void {
    this.#prompts++;
    this.#logitDifference += logitDifference;
    this.#remainder += remainder;
    for (const { value, ...part } of terms) {
      const key = JSON.stringify(part);
      this.#terms.set(key, { ...part, value: (this.#terms.get(key)?.value ?? 0) + value } as WhyTerm);
    }
  }

  /** Undefined where there are none. */
  means(): object | undefined {
    const prompts = this.#prompts;
    if (prompts === 0) return undefined;
    return {
      prompts,
      logitDifference: this.#logitDifference / prompts,
      terms: [...this.#terms.values()].map((term) => ({ ...term, value: term.value / prompts })),
      remainder: this.#remainder / prompts,
    };
  }
}
