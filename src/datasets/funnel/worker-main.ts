import { parentPort } from 'node:worker_threads';
import { createBirpc } from 'birpc';
import { sentence } from '../../shared/errors';
import { failureOf } from '../../shared/failure';
import { reasonOf } from '../../shared/system-errors';
import type { FunnelEvents } from './funnel-api';
import { FunnelWork } from './funnel-work';
import { makeRules } from './make-rules';
import type { FunnelAnswer, FunnelThread } from './start-funnel';

// The thread of a funnel. `start-funnel.ts` starts it.

const thread: FunnelThread = {
  async call(method, request): Promise<FunnelAnswer> {
    try {
      return { value: await (work[method] as (request: unknown) => Promise<unknown>)(request) };
    } catch (error) {
      return { error: failureOf(error, defect) };
    }
  },
};

const rpc = createBirpc<FunnelEvents, FunnelThread>(thread, {
  post: (message) => parentPort?.postMessage(message),
  on: (receive) => void parentPort?.on('message', receive),
  eventNames: ['progress'],
  timeout: -1,
});

const work = new FunnelWork(makeRules, { progress: (...report) => void rpc.progress(...report) });

const defect = (error: unknown) => ({
  code: 'dataset.defect',
  text: sentence`Reading the data set failed: ${reasonOf(error)}. Open it again; if it happens again, it is a defect of Vitrine's.`,
});
