import type { CompiledModel } from '../model/compile';
import { TRANSLATOR } from '../model/graphs/ports';
import { translatorGraph } from '../model/graphs/translator';
import { openTunedLens, type TunedLens, tunedLensFolder } from '../model/tuned-lens/tuned-lens';
import { type Sentence, sentence, VitrineError } from '../shared/errors';
import { createSession, type Session, type Sessions } from './sessions';
import { float32, floats } from './tensors';

/** The tuned lens of a model in use. */
export class Translators {
  readonly #lens: TunedLens;
  readonly #session: Session;

  private constructor(lens: TunedLens, session: Session) {
    this.#lens = lens;
    this.#session = session;
  }

  /** The lens beside a model. One that cannot be read costs nobody the model: it is told, and left out. */
  static async beside(
    path: string,
    { config, weightsFolder }: CompiledModel,
    { provider }: Sessions,
  ): Promise<{ translators?: Translators; note?: Sentence }> {
    const folder = tunedLensFolder(path);
    if (folder === undefined) return {};
    try {
      const lens = openTunedLens(folder, config);
      const session = await createSession('translator', translatorGraph(config.hiddenSize), weightsFolder, {
        provider,
      });
      return { translators: new Translators(lens, session) };
    } catch (error) {
      if (!(error instanceof VitrineError) || !error.sentence) throw error;
      return { note: sentence`The tuned lens beside the model is left out. ${error.sentence}` };
    }
  }

  get madeFor(): string {
    return this.#lens.madeFor;
  }

  /** What the final norm is to read of the stream that enters a layer: [N, C], of a stream [N, C]. */
  async translate(residual: Float32Array, layer: number): Promise<Float32Array> {
    const { weight, bias } = this.#lens.translator(layer);
    const width = bias.length;
    const results = await this.#session.run({
      [TRANSLATOR.residual]: float32(residual, residual.length / width, width),
      [TRANSLATOR.weight]: float32(weight, width, width),
      [TRANSLATOR.bias]: float32(bias, width),
    });
    return floats(results[TRANSLATOR.translated]);
  }

  async release(): Promise<void> {
    this.#lens.close();
    await this.#session.release();
  }
}
