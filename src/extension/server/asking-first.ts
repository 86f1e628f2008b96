import type { Engine } from '../../engine/client';
import { cancelled } from '../../shared/errors';
import type { TextSize } from './consents';
import type { ServerTraffic } from './server-traffic';

/** Requests that bring a text. All others are about one that has been brought, or need none. */
const WITH_TEXT = ['forward', 'forwardTokens', 'score', 'scoreInBackground'] as const;
type WithText = (typeof WITH_TEXT)[number];
/** Those that may send it once more. */
const OF_TRACE = ['predictions', 'continuation'] as const;

/** @param size undefined where only the server could tell it, or where a person was asked before. @param inBackground whether nobody waits for it */
export type Ask = (size: TextSize | undefined, inBackground: boolean) => Promise<void>;

type Brought = { task: number; text: string } | { task: number; ids: number[] };

/**
 * An engine whose model runs on a server, which is given no text before a person has agreed. A text for which nobody waits any
 * longer when they have is not sent.
 *
 * @param ask throws where a person does not agree
 * @param makesTokens whether the server does: then it is also asked what tokens are
 */
export function askingFirst(engine: Engine, ask: Ask, traffic: ServerTraffic, makesTokens: boolean): Engine {
  const waiting = new Map<number, { isCancelled: boolean }>();
  const withText = async (name: WithText, request: Brought): Promise<unknown> => {
    const waits = { isCancelled: false };
    waiting.set(request.task, waits);
    const size = 'text' in request || !makesTokens ? await sizeOf(engine, request) : undefined;
    try {
      await ask(size, name === 'scoreInBackground');
    } finally {
      waiting.delete(request.task);
    }
    if (waits.isCancelled) throw cancelled();
    return traffic.whileReading({ characters: size?.characters }, () =>
      (engine[name] as (of: Brought) => Promise<unknown>)(request),
    );
  };
  const ofTrace = async (name: (typeof OF_TRACE)[number], request: object) => {
    // They may have changed their mind since.
    await ask(undefined, false);
    return traffic.whileReading({}, () => (engine[name] as (of: object) => Promise<unknown>)(request));
  };
  return {
    ...engine,
    ...Object.fromEntries(WITH_TEXT.map((name) => [name, (request: Brought) => withText(name, request)])),
    ...Object.fromEntries(OF_TRACE.map((name) => [name, (request: object) => ofTrace(name, request)])),
    ...(makesTokens && {
      describe: async (request) => {
        await ask(undefined, false);
        return engine.describe(request);
      },
    }),
    cancel: async (request) => {
      const waits = waiting.get(request.task);
      if (waits) waits.isCancelled = true;
      return engine.cancel(request);
    },
  };
}

/** Of tokens, the size of the text that they are of. */
async function sizeOf(engine: Engine, request: Brought): Promise<TextSize> {
  if ('text' in request) return { characters: request.text.length, bytes: Buffer.byteLength(request.text) };
  const tokens = await engine.describe({ ids: request.ids });
  const bytes = Buffer.from(tokens.map((token) => token.bytes).join(''), 'hex');
  return { characters: bytes.toString('utf8').length, bytes: bytes.length };
}
