import type * as v from 'valibot';

/*
 * What a table of requests says of each, and the types that follow from it: of the engine, of what the inspector's views
 * may ask, of what is remembered and what an exported file answers.
 */

export interface RequestEntry {
  /** What may be asked. Both the engine and the host of the views check it. */
  schema: v.GenericSchema;
  /** `answer<T>()`, where `T` is the type of what is answered. */
  answer: Answer<unknown>;
  /** Long work under a number of the caller's choice, `task` of the request: it tells its progress and can be cancelled. */
  isTask?: true;
  /** How views ask it. They may not where there is nothing here. */
  views?: ViewAccess;
}

export interface ViewAccess {
  /** Whether a view that asks the same again is given the same answer: nothing but the request decides it. */
  isRemembered: boolean;
  /** Whether exported files hold answers to it. Where not, they refuse it in a sentence. */
  isRecorded: boolean;
  /** What a view may fill in, where that is not all. */
  schema?: v.GenericSchema;
  /** What a view is given of the answer, where that is not all. */
  toView?(answer: never): unknown;
}

/** The type of an answer, in a table of values: nothing is there at run time. */
export interface Answer<A> {
  readonly type?: () => A;
}

export const answer = <A>(): Answer<A> => ({});

export type RequestTable = Record<string, RequestEntry>;

export type AnswerOf<E extends RequestEntry> = E['answer'] extends Answer<infer A> ? A : never;

/** What can be asked of an engine. */
export type ApiOf<T extends RequestTable> = {
  [M in keyof T]: (request: v.InferInput<T[M]['schema']>) => Promise<AnswerOf<T[M]>>;
};

/** Of a table the requests with certain traits. */
export type NamesOf<T extends RequestTable, Traits> = {
  [M in keyof T]: T[M] extends Traits ? M : never;
}[keyof T];

export type ForViews = { views: ViewAccess };
export type Task = { isTask: true };

/** What a view asks, and what it is told. */
type ViewRequest<E extends RequestEntry> = E extends { views: { schema: infer S extends v.GenericSchema } }
  ? v.InferInput<S>
  : v.InferInput<E['schema']>;
type ViewAnswer<E extends RequestEntry> = E extends { views: { toView(answer: never): infer A } } ? A : AnswerOf<E>;

/** What views can ask of their host. */
export type ViewApiOf<T extends RequestTable, M extends keyof T = NamesOf<T, ForViews>> = {
  [N in M]: (request: ViewRequest<T[N]>) => Promise<ViewAnswer<T[N]>>;
};

/** What an exported file answers. */
export type RecordedApiOf<T extends RequestTable> = ViewApiOf<T, NamesOf<T, { views: { isRecorded: true } }>>;

/** The names of a table's requests that views may ask. */
export function namesForViews<T extends RequestTable>(table: T): NamesOf<T, ForViews>[] {
  return Object.keys(table).filter((name) => table[name]?.views) as unknown as NamesOf<T, ForViews>[];
}

/** What a view may fill in of a request. */
export function schemaForViews({ schema, views }: RequestEntry): v.GenericSchema {
  return views?.schema ?? schema;
}
