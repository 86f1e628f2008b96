import type { Lenses } from '../shared/inspector-api';
import { namesForViews } from '../shared/request-table';
import { type EngineApi, requests } from '../shared/requests';

/** What views ask about a trace is what the engine answers. */
export function createLenses(engine: EngineApi): Lenses {
  const names = namesForViews(requests).filter((name) => !('isTask' in requests[name]));
  // The table of methods loses the connection between a method and its request.
  return Object.fromEntries(
    names.map((name) => [name, (request: never) => engine[name](request)]),
  ) as unknown as Lenses;
}
