import type { ModelInfo } from '../../shared/engine-api';
import { sentence, VitrineError } from '../../shared/errors';
import { type EngineApi, requests } from '../../shared/requests';
import type { EngineHost } from '../engine/engine-host';

/**
 * The engine as views ask it. A view may outlive an engine: whoever asks about a trace of another one is told that it is
 * gone, or, where the text can be read again, answered from a new trace of it.
 */
export class ViewsEngine {
  readonly api: EngineApi;
  readonly #host: EngineHost;
  /** The model that made the traces; another object for every engine. */
  #model: ModelInfo | undefined;
  readonly #traces = new Set<number>();

  /** @param readAgain the number of a new trace of the same text, if it can be read again */
  constructor(host: EngineHost, readAgain: (trace: number) => Promise<number | undefined>) {
    this.#host = host;
    const methods = Object.keys(requests) as (keyof EngineApi)[];
    const ask = async (method: keyof EngineApi, request: unknown) => {
      const trace = traceIn(request);
      if (trace === undefined || this.#has(trace)) {
        try {
          return await this.#ask(method, request);
        } catch (error) {
          if (trace === undefined || !(error instanceof VitrineError && error.code === 'trace.gone')) throw error;
        }
      }
      const again = await readAgain(trace);
      if (again === undefined) throw gone();
      return this.#ask(method, { ...(request as object), trace: again });
    };
    this.api = Object.fromEntries(
      methods.map((method) => [method, (request: unknown) => ask(method, request)]),
    ) as unknown as EngineApi;
  }

  /** Takes note of a trace that an engine has made. */
  note(model: ModelInfo, trace: number): void {
    if (model !== this.#model) this.#traces.clear();
    this.#model = model;
    this.#traces.add(trace);
  }

  #has(trace: number): boolean {
    return this.#model !== undefined && this.#model === this.#host.model && this.#traces.has(trace);
  }

  #ask(method: keyof EngineApi, request: unknown): Promise<unknown> {
    return this.#host.run(async ({ engine, model }) => {
      // The table of methods loses the connection between a method and its request.
      const answer = await (engine[method] as (request: unknown) => Promise<unknown>)(request);
      const trace = traceIn(answer);
      if (trace !== undefined) this.note(model, trace);
      return answer;
    });
  }
}

function traceIn(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('trace' in value)) return undefined;
  return typeof value.trace === 'number' ? value.trace : undefined;
}

const gone = () =>
  new VitrineError('trace.gone', sentence`What the model computed for this text is no longer kept. Run it again.`);
