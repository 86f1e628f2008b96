/**
 * A process that has no file handles left when it starts an engine and a trial, and ends both: they have no process id.
 * It prints what the trial answered. Started as the first of a process group, it would end with all of that if it
 * killed what is not there.
 */
import { openSync } from 'node:fs';
import { startEngine } from '../../src/engine/client';
import { tryProvider } from '../../src/engine/providers/try-provider';

const [, , entry = ''] = process.argv;
const stop = new AbortController();
try {
  for (;;) openSync('/dev/null', 'r');
} catch {
  const engine = startEngine({ entry });
  await engine.stop();
  const request = { path: '', provider: 'cpu', cache: { folder: '', limitBytes: 1 }, weights: 'auto' } as const;
  const answer = await tryProvider(request, { entry, signal: stop.signal, limitMs: 1 });
  stop.abort();
  process.stdout.write(JSON.stringify({ pid: engine.pid ?? null, answer }));
}
