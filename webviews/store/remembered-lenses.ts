import type { InspectorHost } from '../../src/shared/inspector-api';
import { type NamesOf, namesForViews, type ViewApiOf } from '../../src/shared/request-table';
import { requests } from '../../src/shared/requests';
import type { AnswerCache } from './answer-cache';
import type { Asker } from './pending-answer';

type Name = NamesOf<typeof requests, { views: { isRemembered: true } }>;
type Api = ViewApiOf<typeof requests, Name>;

/** What the host answers and is asked once. Long work is numbered here. */
export type RememberedLenses = {
  [M in Name]: (request: Omit<Parameters<Api[M]>[0], 'task'>, asker?: Asker) => ReturnType<Api[M]>;
};

export function rememberedLenses(host: Pick<InspectorHost, Name>, answers: AnswerCache): RememberedLenses {
  const names = namesForViews(requests).filter((name) => requests[name].views.isRemembered) as Name[];
  // The table of requests loses the connection between a method, what it is asked and what it answers.
  const ask = (name: Name, request: object, asker?: Asker) => {
    const isTask = 'isTask' in requests[name];
    const call = host[name] as (request: object) => Promise<unknown>;
    const question = {
      key: `${name} ${JSON.stringify(request)}`,
      trace: 'trace' in request ? (request.trace as number) : undefined,
      isCompared: 'model' in request,
      isTask,
      ask: (task: number) => call(isTask ? { task, ...request } : request),
    };
    return answers.get(question, asker);
  };
  return Object.fromEntries(
    names.map((name) => [name, (request: object, asker?: Asker) => ask(name, request, asker)]),
  ) as unknown as RememberedLenses;
}
