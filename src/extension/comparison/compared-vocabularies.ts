import { createTokenizerInSlices, isSameVocabulary, type Tokenizer } from '../../tokenizer';
import type { ForwardPass } from '../readings/passes';
import type { ComparedModel } from './comparison';

/** The vocabularies of two models. */
export interface ComparedVocabularies {
  a: Tokenizer;
  b: Tokenizer;
  isSame: boolean;
}

/** Vocabularies of the models of a window, each made once. */
export class VocabulariesOfModels {
  readonly #tokenizers = new Map<string, Promise<Tokenizer>>();
  #latest: { key: string; both: ComparedVocabularies } | undefined;

  /** @param loaded which models of both, as texts that they have read say too */
  async of(
    a: ComparedModel,
    b: ComparedModel,
    loaded: Record<'a' | 'b', Pick<ForwardPass, 'model'>>,
  ): Promise<ComparedVocabularies> {
    const [keyA, keyB] = [loaded.a.model.sha256, loaded.b.model.sha256];
    const key = `${keyA} ${keyB}`;
    if (this.#latest?.key === key) return this.#latest.both;
    const [ofA, ofB] = [await this.#tokenizerOf(keyA, a), await this.#tokenizerOf(keyB, b)];
    const both = { a: ofA, b: ofB, isSame: isSameVocabulary(ofA, ofB) };
    this.#latest = { key, both };
    return both;
  }

  #tokenizerOf(key: string, { texts }: ComparedModel): Promise<Tokenizer> {
    const known = this.#tokenizers.get(key);
    if (known) return known;
    const made = texts.engine.vocabulary({}).then(createTokenizerInSlices);
    this.#tokenizers.set(key, made);
    made.catch(() => this.#tokenizers.delete(key));
    return made;
  }
}
