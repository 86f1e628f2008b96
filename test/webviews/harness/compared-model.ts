import type { EngineApi } from '../../../src/shared/requests';
import { interventionsOf, type ReadingChanges } from '../../../src/shared/steering';
import { isOther } from './compared-with';
import type { TestHostApi } from './host-api';
import type { Stage } from './stage';

const METHODS = ['forward', 'forwardTokens', 'score', 'describe', 'directions'] as const;
/** Asked about a trace, which tells whose they are. */
const TRACE_METHODS = ['distribution', 'predictions'] as const;

/** The model that the text is held against. */
interface ComparedModel {
  engine: EngineApi;
  /** What it computes otherwise. */
  changes: ReadingChanges;
}

export async function comparedModel(stage: Stage, hostApi: TestHostApi): Promise<ComparedModel> {
  const { ablated = [], steering } = hostApi.comparedWith ?? {};
  const gain = hostApi.state.comparison?.adapterGain ?? 1;
  return {
    engine: isOther(hostApi.comparedWith) ? (await stage.another(hostApi.comparedWith)).engine : stage.engine,
    changes: { ablated, steering: steering && { ...steering, coefficient: gain * steering.coefficient } },
  };
}

/** An engine for views, which may ask the model that the text is held against: by name, or about its traces. */
export function withComparedModel(stage: Stage, hostApi: TestHostApi): EngineApi {
  /** Of the other; no two engines give one number. */
  const traces = new Set<number>();
  const methods = METHODS.map((method) => [
    method,
    ({ model, ...request }: { model?: 'compared' }) =>
      model ? askCompared(method, request) : call(stage.engine, method, request),
  ]);
  const ofTraces = TRACE_METHODS.map((method) => [
    method,
    async (request: { trace: number }) => {
      const { engine } = traces.has(request.trace) ? await comparedModel(stage, hostApi) : stage;
      return call(engine, method, request);
    },
  ]);
  return { ...stage.engine, ...Object.fromEntries([...methods, ...ofTraces]), cancel };

  async function askCompared(method: (typeof METHODS)[number], request: object): Promise<unknown> {
    const { engine, changes } = await comparedModel(stage, hostApi);
    if (method === 'describe' || method === 'directions') return call(engine, method, request);
    const answer = await call(engine, method, { ...interventionsOf(changes), ...request });
    if (method !== 'score') traces.add(answer.trace);
    return answer;
  }

  async function cancel(request: { task: number }): Promise<undefined> {
    const { engine } = await comparedModel(stage, hostApi);
    await Promise.all([stage.engine.cancel(request), engine.cancel(request)]);
  }
}

/** The table of methods loses the connection between a method, its request and its answer. */
function call(engine: EngineApi, method: keyof EngineApi, request: object) {
  return (engine[method] as (request: object) => Promise<{ trace: number }>)(request);
}
