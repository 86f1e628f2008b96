import { chatPrompt } from '../../chat/compared-prompt';
import type { EngineApi } from '../../shared/requests';
import { interventionsOf } from '../../shared/steering';
import type { ComparedModel, Comparison } from './comparison';
import { nothingCompared } from './nothing-compared';

/** What a view may have the compared model do. */
const METHODS = ['forward', 'forwardTokens', 'score', 'describe', 'directions'] as const;
type Method = (typeof METHODS)[number];

/** Where a text is asked about, the same as a message of the model's chat that does not end with it. */
async function inChatTemplate<R extends { text?: string }>(b: ComparedModel, request: R): Promise<R> {
  if (request.text === undefined) return request;
  const { text, content } = await chatPrompt(await b.texts.engine.chatTemplate({}), [['user', request.text]]);
  return { ...request, text: text.slice(0, content.end) };
}

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
  async function ask(method: Method, { model, ...request }: { model?: 'compared'; text?: string }): Promise<unknown> {
    if (model === undefined) return (engine[method] as (request: object) => Promise<unknown>)(request);
    const { b, choice } = comparison;
    if (!b) throw nothingCompared();
    const changes = method === 'describe' || method === 'directions' ? {} : interventionsOf(b.changes());
    const asked = choice?.kind === 'chatTemplate' ? await inChatTemplate(b, request) : request;
    return (b.texts.engine[method] as (request: object) => Promise<unknown>)({ ...changes, ...asked });
  }

  /** A task is one engine's, and to the other its number means nothing. */
  async function cancel({ task }: { task: number }): Promise<undefined> {
    comparison.a.host.cancel(task);
    comparison.host?.cancel(task);
  }
}
