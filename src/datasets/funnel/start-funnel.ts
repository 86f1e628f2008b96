import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { sentence, VitrineError } from '../../shared/errors';
import type { Failure } from '../../shared/failure';
import type { Funnel, FunnelEvents } from './funnel-api';

/** What the thread is called with, and how it answers: an error's class would not survive the way. */
export interface FunnelThread {
  call(method: keyof Funnel, request: unknown): Promise<FunnelAnswer>;
}

export type FunnelAnswer = { value: unknown } | { error: Failure };

const METHODS: readonly (keyof Funnel)[] = [
  'open',
  'reading',
  'limits',
  'knows',
  'read',
  'stop',
  'decide',
  'preview',
  'kept',
  'tokens',
  'histogram',
  'languages',
  'removed',
  'nearThreshold',
  'rejected',
  'rejectedDocument',
  'cluster',
  'texts',
  'unread',
  'setModelNumbers',
  'taken',
  'export',
  'close',
];

/** Beside the bundle that this is a part of; where it is run from its source, what the build has made. */
const ENTRY = fileURLToPath(
  new URL(import.meta.url.endsWith('.ts') ? '../../../dist/funnel-worker.js' : './funnel-worker.js', import.meta.url),
);

/**
 * Megabytes of the space for young objects: words and lines of a document soon go, and V8's own choice would keep three times
 * 16 MB for them.
 */
const SMALL_NURSERY = { maxYoungGenerationSizeMb: 6 };

/** Starts the thread that reads a data set, so that nobody waits while rules are at work. */
export function startFunnel(events: FunnelEvents): Funnel {
  const worker = new Worker(ENTRY, { resourceLimits: SMALL_NURSERY, execArgv: [], stdout: true, stderr: true });
  const rpc = createBirpc<FunnelThread, FunnelEvents>(events, {
    post: (message) => worker.postMessage(message),
    on: (receive) => void worker.on('message', receive),
    timeout: -1,
  });
  const end = () => rpc.$close(died());
  worker.on('error', end);
  worker.once('exit', end);
  const call = async (method: keyof Funnel, request: unknown): Promise<unknown> => {
    const answer = await rpc.call(method, request);
    if ('error' in answer) throw new VitrineError(answer.error.code, answer.error.text);
    return answer.value;
  };
  const calls = Object.fromEntries(METHODS.map((method) => [method, (request: unknown) => call(method, request)]));
  return Object.assign(calls as unknown as Funnel, {
    close: async () => {
      await call('close', undefined);
      await worker.terminate();
    },
  });
}

const died = () =>
  new VitrineError(
    'dataset.died',
    sentence`What reads the data set has ended, for example because the memory was full. Open it again.`,
  );
