import { render } from '../../display/sentences';
import type { Engine } from '../../engine/client';
import { provenanceOf } from '../../recording/provenance';
import type { ModelInfo, TraceInfo } from '../../shared/engine-api';
import { VitrineError } from '../../shared/errors';
import { type RequestName, type Requests, requests } from '../../shared/requests';
import { createTokenizerInSlices, type Tokenizer } from '../../tokenizer';
import { refuseAbsent } from '../served/capabilities';
import { answerPieces } from './answer-json';
import { shapeOf } from './shapes';

/** What is decided when the command is given, and what belongs to other commands. */
const NOT_SERVED = [
  'load',
  'space',
  'vocabulary',
  'status',
  'compiledModels',
  'clearCompiledModels',
  'cancel',
  'scoreInBackground',
];
const ENGINE_METHODS = Object.keys(requests).filter((name) => !NOT_SERVED.includes(name)) as RequestName[];
const OWN_METHODS = ['model', 'tokens', 'cancel'];

type Params = Record<string, unknown>;

/** What can be asked of a model that is loaded, by name; answers are JSON in pieces. */
export class Methods {
  readonly #engine: Engine;
  readonly #model: ModelInfo;
  #tokenizer: Promise<Tokenizer> | undefined;

  constructor(engine: Engine, model: ModelInfo) {
    this.#engine = engine;
    this.#model = model;
  }

  /** @param task its number, where it is one that can be cancelled */
  async ask(method: string, params: Params, task: number): Promise<Iterable<string>> {
    if (method === 'model') return [JSON.stringify(modelJson(this.#model))];
    if (method === 'tokens') return answerPieces(await this.#tokens(params), () => ({}));
    const name = ENGINE_METHODS.find((one) => one === method);
    if (name === undefined) {
      const known = [...OWN_METHODS, ...ENGINE_METHODS].join(', ');
      throw new VitrineError('serve.method', `There is no method ${method}. There are: ${known}.`);
    }
    const request = { ...params, ...steeringOf(params, this.#model), ...('isTask' in requests[name] ? { task } : {}) };
    // The engine checks what it is asked.
    const answer = await (this.#engine[name] as (request: unknown) => Promise<unknown>)(request);
    const whole = method === 'forward' ? withTexts(answer as TraceInfo, params.text as string) : answer;
    return answerPieces(whole, shapeOf(name, request as unknown as Requests[typeof name], this.#model));
  }

  async #tokens({ text, special = true }: Params): Promise<object> {
    if (typeof text !== 'string' || typeof special !== 'boolean') {
      throw new VitrineError('request.invalid', 'tokens takes a text, and whether control tokens in it are "special".');
    }
    this.#tokenizer ??= this.#engine.vocabulary({}).then(createTokenizerInSlices);
    const { ids, starts, ends, dropped } = (await this.#tokenizer).encode(text, { special });
    return withTexts({ ids, starts, ends, dropped }, text);
  }
}

/** With the slice of the text that each token covers: offsets are UTF-16 units, and languages count in other ones. */
function withTexts<T extends Pick<TraceInfo, 'starts' | 'ends'>>(read: T, text: string): T & { texts: string[] } {
  return { ...read, texts: Array.from(read.starts, (start, token) => text.slice(start, read.ends[token])) };
}

/** A matrix comes as lists of numbers, of which null is NaN, and the engine takes it as an array. */
function steeringOf({ steering }: Params, model: ModelInfo): { steering?: Float32Array } {
  if (!Array.isArray(steering)) return {};
  refuseAbsent(model, { hasInterventions: true });
  const { hiddenSize } = model;
  // With as many numbers, the rows could still be other ones than layers.
  const rows = steering.filter((row) => Array.isArray(row) && row.length === hiddenSize) as unknown[][];
  if (rows.length < steering.length) {
    throw new VitrineError(
      'request.steering',
      `steering is a list with a row of ${hiddenSize} numbers for every layer, as "directions" answers.`,
    );
  }
  return { steering: Float32Array.from(rows.flat(), (value) => (typeof value === 'number' ? value : Number.NaN)) };
}

function modelJson(model: ModelInfo): object {
  const { name, sha256, notes, providerNote, compileSeconds, loadSeconds, vocabularyName, diskBytes, ...others } =
    model;
  return {
    ...others,
    provenance: provenanceOf(model, []),
    notes: notes.map((note) => render(note)),
  };
}
