import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { CpuOperators } from './trial';

/** A node's run in the trace that the runtime writes when it profiles; other events have other categories. */
const nodeRun = v.object({
  cat: v.literal('Node'),
  args: v.object({ op_name: v.string(), node_index: v.string(), provider: v.literal('CPUExecutionProvider') }),
});

/**
 * The operators that ran on the CPU, from the traces in a folder, one a graph. What the runtime planned is in its log
 * alone; a trace says where each node has truly been.
 */
export function operatorsOnCpu(folder: string): CpuOperators {
  const nodes = new Map<string, Set<string>>();
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const events: unknown = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    for (const event of Array.isArray(events) ? events : []) {
      if (!v.is(nodeRun, event)) continue;
      const { op_name, node_index } = event.args;
      nodes.set(op_name, (nodes.get(op_name) ?? new Set()).add(`${file} ${node_index}`));
    }
  }
  return [...nodes]
    .map(([operator, { size }]) => ({ operator, nodes: size }))
    .sort((one, other) => other.nodes - one.nodes || one.operator.localeCompare(other.operator));
}
