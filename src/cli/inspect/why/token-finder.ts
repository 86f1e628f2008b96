import { visibleText } from '../../../display/glyphs';
import type { Engine } from '../../../engine/client';
import type { ModelInfo } from '../../../shared/engine-api';
import { VitrineError } from '../../../shared/errors';
import { createTokenizerInSlices, type Tokenizer } from '../../../tokenizer';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', s: ' ', '\\': '\\' };
/** As tables of Vitrine write them. */
const GLYPHS: Readonly<Record<string, string>> = { '·': ' ', '→': '\t', '⏎': '\n', '←': '\r' };

/** Finds tokens of a model by what people write for them at a shell. */
export class TokenFinder {
  readonly #engine: Engine;
  readonly #model: ModelInfo;
  #vocabulary: Promise<{ tokenizer: Tokenizer; ids: ReadonlyMap<string, number> }> | undefined;

  constructor(engine: Engine, model: ModelInfo) {
    this.#engine = engine;
    this.#model = model;
  }

  /**
   * The token that has exactly this text; or this text with `\n`, `\t`, `\r`, `\s` and `\\` for what a shell makes hard
   * to write, or with the glyphs of tables; or that of `#ID`.
   *
   * @throws VitrineError `why.token` where there is none
   */
  async find(written: string): Promise<number> {
    this.#vocabulary ??= this.#open();
    const { tokenizer, ids } = await this.#vocabulary;
    const unescaped = written.replace(/\\(.)/g, (whole, letter: string) => ESCAPES[letter] ?? whole);
    const unglyphed = written.replace(/[·→⏎←]/g, (glyph) => GLYPHS[glyph] ?? glyph);
    for (const text of [written, unescaped, unglyphed]) {
      const id = ids.get(text);
      if (id !== undefined) return id;
    }
    const [, number] = /^#(\d{1,9})$/.exec(written) ?? [];
    if (number !== undefined) return Number(number);
    const pieces = Array.from(tokenizer.encode(unglyphed).ids, (id) => visibleText(tokenizer.tokenText(id)));
    const cut = pieces.length > 1 ? `: it is cut into ${pieces.join(' and ')}` : '';
    throw new VitrineError(
      'why.token',
      `${visibleText(written)} is no token of ${this.#model.vocabularyName}${cut}. Give one token with the space before it, such as " Mary", or its id, such as #504.`,
    );
  }

  async #open() {
    const tokenizer = await createTokenizerInSlices(await this.#engine.vocabulary({}));
    const ids = new Map<string, number>();
    // Where several have the same text, the last: single bytes come first in vocabularies that have them.
    for (let id = 0; id < this.#model.vocabSize; id++) if (tokenizer.hasText(id)) ids.set(tokenizer.tokenText(id), id);
    return { tokenizer, ids };
  }
}
