import type * as v from 'valibot';
import type { Stage } from '../../shared/engine-api';
import type { Progress } from '../../shared/progress';
import type { AnswerOf, RequestEntry } from '../../shared/request-table';
import type { RequestName, Requests, requests } from '../../shared/requests';
import type { LoadedModel } from '../loaded-model';
import type { Trace } from '../trace';

/** What a lens looks at, and what it tells and heeds where it takes long. */
export interface LensContext {
  model: LoadedModel;
  /** That the request names. */
  trace: Trace;
  signal: AbortSignal;
  progress(stage: Stage): Progress;
}

/** Computes the answer to a request from a trace. It stores nothing. */
export interface Lens<E extends RequestEntry> {
  /** Whether it runs a graph, and so waits for all else that does; what only looks up answers at once. */
  runsGraph: boolean;
  /** @throws VitrineError `request.range` where the request asks for what the trace or the model does not have */
  answer(request: v.InferOutput<E['schema']>, context: LensContext): AnswerOf<E> | Promise<AnswerOf<E>>;
}

/** Of the table of requests those that name a trace. */
export type LensName = { [M in RequestName]: Requests[M] extends { trace: number } ? M : never }[RequestName];

export type LensOf<M extends LensName> = Lens<(typeof requests)[M]>;
