import type { EngineApi } from '../../shared/requests';
import { interventionsOf } from '../../shared/steering';
import type { Comparison } from './comparison';
import { nothingCompared } from './nothing-compared';

/** What a view may have the compared model do. */
const METHODS = ['forward', 'forwardTokens', 'score', 'describe', 'directions'] as const;
type Method = (typeof METHODS)[number];

/**
 * An engine for views, which may ask the model that the text is held against instead: a request with `model: 'compared'` goes
 * to that one, changed as the comparison has it where the request does not say otherwise.
 *
 * @param engine of the model in use
 */
export function withComparedModel(engine: EngineApi, comparison: Comparison): EngineApi {
  const methods = METHODS.map((method) => [method, (request: object) => ask(method, request)]);
  return { ...engine, ...Object.fromEntries(methods), cancel };

  // The table of methods loses the connection between a method and its request.
  function ask(method: Method, { model, ...request }: { model?: 'compared' }): Promise<unknown> {
    if (model === undefined) return (engine[method] as (request: object) => Promise<unknown>)(request);
    const { b } = comparison;
    if (!b) throw nothingCompared();
    const changes = method === 'describe' || method === 'directions' ? {} : interventionsOf(b.changes());
    return (b.texts.engine[method] as (request: object) => Promise<unknown>)({ ...changes, ...request });
  }

  /** A task is one engine's, and to the other its number means nothing. */
  async function cancel({ task }: { task: number }): Promise<undefined> {
    comparison.a.host.cancel(task);
    comparison.host?.cancel(task);
  }
}
