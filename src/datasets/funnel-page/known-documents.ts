import type { Decision } from '../../shared/filters-api';
import type { TokenTotals } from '../../shared/funnel-page-api';
import type { Funnel } from '../funnel/funnel-api';
import type { TokenSample } from '../funnel/token-totals';

/** Of a histogram. */
const PARTS = 48;

const NOTHING: Decision = {
  all: { documents: 0, bytes: 0 },
  kept: { documents: 0, bytes: 0 },
  removed: new Uint32Array(),
};

/** What is known of the documents that are read: how many stay, how many tokens they have, and how measures are spread. */
export class KnownDocuments {
  #decision = NOTHING;
  #tokens: TokenTotals | undefined;
  readonly #histograms = new Map<string, Uint32Array>();

  get decision(): Decision {
    return this.#decision;
  }

  get tokens(): TokenTotals | undefined {
    return this.#tokens;
  }

  /** By the names of measures. */
  get histograms(): ReadonlyMap<string, Uint32Array> {
    return this.#histograms;
  }

  get isEmpty(): boolean {
    return this.#decision.all.documents === 0;
  }

  /** @returns whether it is of other documents than before */
  decided(decision: Decision): boolean {
    const isOfOthers = decision.all.documents !== this.#decision.all.documents;
    this.#decision = decision;
    return isOfOthers;
  }

  async draw(funnel: Funnel, measures: readonly string[]): Promise<void> {
    for (const measure of measures) this.#histograms.set(measure, await funnel.histogram({ measure, parts: PARTS }));
  }

  async sumTokens(funnel: Funnel, sample: TokenSample): Promise<void> {
    this.#tokens = await funnel.tokens(sample);
  }

  forgetTokens(): void {
    this.#tokens = undefined;
  }

  forget(): void {
    this.#decision = NOTHING;
    this.#tokens = undefined;
    this.#histograms.clear();
  }
}
