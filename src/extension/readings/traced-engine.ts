import { type EngineApi, requests } from '../../shared/requests';
import type { EngineHost, ReadyEngine } from '../engine/engine-host';
import type { Traces } from './traces';

/**
 * The engine, whichever runs, for those who ask about traces by their numbers in this window.
 *
 * @param traceOf the number of the trace that is meant by one, where that has to be made first
 */
export function createTracedEngine(
  host: Pick<EngineHost, 'run'>,
  traces: Traces,
  traceOf: (trace: number) => Promise<number> = async (trace) => trace,
): EngineApi {
  const ask = async (method: keyof EngineApi, request: unknown): Promise<unknown> => {
    const trace = traceIn(request);
    if (trace === undefined) return host.run(({ engine }) => call(engine, method, request));
    const known = await traceOf(trace);
    return traces.ask(known, (engine, id) => call(engine, method, { ...(request as object), trace: id }));
  };
  const methods = Object.keys(requests) as (keyof EngineApi)[];
  const answered = Object.fromEntries(methods.map((method) => [method, (request: unknown) => ask(method, request)]));
  return {
    ...(answered as unknown as EngineApi),
    forward: (request) =>
      host.run(async (ready) => {
        const answer = await ready.engine.forward(request);
        return { ...answer, trace: traces.add(ready, answer.trace, answer.ids, request.headMask) };
      }),
    forwardTokens: (request) =>
      host.run(async (ready) => {
        const answer = await ready.engine.forwardTokens(request);
        return { ...answer, trace: traces.add(ready, answer.trace, Uint32Array.from(request.ids), request.headMask) };
      }),
  };
}

/** The table of methods loses the connection between a method and its request. */
function call(engine: ReadyEngine['engine'], method: keyof EngineApi, request: unknown): Promise<unknown> {
  return (engine[method] as (request: unknown) => Promise<unknown>)(request);
}

function traceIn(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('trace' in value)) return undefined;
  return typeof value.trace === 'number' ? value.trace : undefined;
}
