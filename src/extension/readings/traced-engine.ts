import type { Pass, TraceInfo } from '../../shared/engine-api';
import { type EngineApi, type Requests, requests } from '../../shared/requests';
import { againOnceEnded } from '../engine/engine-ended';
import type { EngineHost, ReadyEngine } from '../engine/engine-host';
import type { AskedInterventions, Traces } from './traces';
import { tracesIn, withTraces } from './traces-in';

/** What `forward` and `forwardTokens` are asked. */
type AskedRun = AskedInterventions & { ids?: readonly number[] };
type Difference = Requests['difference'];
type Host = Pick<EngineHost, 'run' | 'newTask'>;

/**
 * The engine, whichever runs, for those who ask about traces by their numbers in this window: a request that names one goes to
 * the engine of its model, and any other to that of the host.
 *
 * @param traceOf the number of the trace that is meant by one, where that has to be made first
 */
export function createTracedEngine(
  host: Host,
  traces: Traces,
  traceOf: (trace: number) => Promise<number> = async (trace) => trace,
): EngineApi {
  const ask = async (method: keyof EngineApi, request: object): Promise<unknown> => {
    const named = tracesIn(request);
    if (named.length === 0) return host.run((ready) => answer(host, ready, method, request, request));
    const known = new Map<number, number>();
    for (const trace of named) known.set(trace, await traceOf(trace));
    const asked = withTraces(request, (trace) => known.get(trace) as number);
    if (method === 'difference') return difference(asked as Difference);
    const [first] = known.values();
    const owner = traces.hostOf(first as number);
    return traces.ask(asked, (ready, inEngine) => answer(owner, ready, method, asked, inEngine));
  };
  const difference = ({ other, ...ofA }: Difference): Promise<unknown> => {
    const isOfOneEngine = traces.hostOf(ofA.trace) === traces.hostOf(other.trace);
    if (isOfOneEngine) return traces.ask({ ...ofA, other }, ({ engine }, inEngine) => engine.difference(inEngine));
    return againOnceEnded(() => differenceOfTwo(ofA, other.trace));
  };
  /** One engine asks the other, which is not unloaded meanwhile. */
  const differenceOfTwo = async (ofA: Omit<Difference, 'other'>, ofB: number): Promise<unknown> => {
    const [outcome] = await traces.ask({ trace: ofB }, async ({ engine }, { trace }) => {
      const share = await engine.shareDistributions({});
      const asking = traces.ask(ofA, (ready, asked) => ready.engine.difference({ ...asked, other: { trace, share } }));
      // What goes wrong there is none of this engine's failures.
      return Promise.allSettled([asking]);
    });
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  };
  /** @param asked with the numbers of this window, @param inEngine with those of the engine */
  const answer = async (owner: Host, ready: ReadyEngine, method: keyof EngineApi, asked: object, inEngine: object) => {
    const answered = await call(ready.engine, method, inEngine);
    if (method !== 'forward' && method !== 'forwardTokens') return answered;
    const pass = answered as Pass & Partial<TraceInfo>;
    const run = asked as AskedRun;
    const ids = run.ids ? Uint32Array.from(run.ids) : (pass.ids as Uint32Array);
    return { ...pass, trace: traces.add(owner, ready, pass.trace, ids, run) };
  };
  const methods = Object.keys(requests) as (keyof EngineApi)[];
  const answered = Object.fromEntries(methods.map((method) => [method, (request: object) => ask(method, request)]));
  return answered as unknown as EngineApi;
}

/** The table of methods loses the connection between a method and its request. */
function call(engine: ReadyEngine['engine'], method: keyof EngineApi, request: unknown): Promise<unknown> {
  return (engine[method] as (request: unknown) => Promise<unknown>)(request);
}
