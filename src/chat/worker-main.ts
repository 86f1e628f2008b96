import { parentPort } from 'node:worker_threads';
import { type RenderJob, runJob } from './render-job';

// The thread in which templates run, because they may never end. `worker.ts` starts it.
parentPort?.on('message', (job: RenderJob) => parentPort?.postMessage(runJob(job)));
