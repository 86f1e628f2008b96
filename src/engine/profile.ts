import { createReadStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import * as v from 'valibot';

const times = { name: v.string(), ts: v.number(), dur: v.number() };

/** A node that ran. */
const nodeEvent = v.object({
  ...times,
  cat: v.literal('Node'),
  args: v.object({ op_name: v.string(), node_index: v.string(), provider: v.string() }),
});

/** A graph that ran: its nodes ran meanwhile. */
const runEvent = v.object({ ...times, cat: v.literal('Session'), name: v.literal('model_run') });

const profileEvent = v.variant('cat', [nodeEvent, runEvent]);

/** What the runtime's trace has of a run of a graph or of one of its nodes; microseconds from the trace's beginning. */
export type ProfileEvent = v.InferOutput<typeof profileEvent>;
export type NodeEvent = v.InferOutput<typeof nodeEvent>;

/**
 * The runs that the runtime has traced into a folder, one trace a session, each event with the name of its graph. A trace
 * of a text can be larger than a string may be: it is read line by line, and has an event on each.
 */
export async function* profileEvents(folder: string): AsyncGenerator<{ graph: string; event: ProfileEvent }> {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const [graph = file] = file.split('_');
    for await (const line of createInterface({ input: createReadStream(join(folder, file)) })) {
      if (!line.startsWith('{')) continue;
      const event: unknown = JSON.parse(line.replace(/,\s*$/, ''));
      if (v.is(profileEvent, event)) yield { graph, event };
    }
  }
}
