import { createBirpc } from 'birpc';
import type { EngineEvents } from '../shared/engine-api';
import { type Answers, answersOf } from './answers';
import { Engine } from './engine';
import { PULSE_OPTION, startPulse } from './pulse';

/*
 * The model's own process, forked by `client`. The native runtime blocks its thread while it runs and can abort, so it
 * shares neither with anyone.
 */

const events: EngineEvents = { progress: (report) => void rpc.progress.asEvent(report) };
const rpc = createBirpc<EngineEvents, Answers>(answersOf(new Engine(events)), {
  post: (message) => process.send?.(message),
  on: (receive) => void process.on('message', receive),
});

if (process.argv.includes(PULSE_OPTION)) startPulse();

// The parent is gone, and nobody is left to answer.
process.on('disconnect', () => process.exit());
// Ctrl-C reaches the whole process group; the parent decides what it means.
process.on('SIGINT', () => {});
