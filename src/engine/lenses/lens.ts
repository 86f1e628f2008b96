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
  /**
   * Has a run of a graph wait for all else that is at work, of a lens that runs graphs in turns.
   *
   * @throws VitrineError `trace.gone` where another model was loaded meanwhile
   */
  turn<T>(run: () => Promise<T>): Promise<T>;
}

/** Computes the answer to a request from a trace. It stores nothing. */
export interface Lens<E extends RequestEntry> {
  /**
   * Whether it runs a graph, and so waits for all else that does; what only looks up answers at once. `inTurns` waits for
   * every run of its own by `turn`: between two it may itself wait for an engine that waits for this one.
   */
  runsGraph: boolean | 'inTurns';
  /** @throws VitrineError `request.range` where the request asks for what the trace or the model does not have */
  answer(request: v.InferOutput<E['schema']>, context: LensContext): AnswerOf<E> | Promise<AnswerOf<E>>;
}

/** Of the table of requests those that name a trace. */
export type LensName = { [M in RequestName]: Requests[M] extends { trace: number } ? M : never }[RequestName];

export type LensOf<M extends LensName> = Lens<(typeof requests)[M]>;
