import { profileEvents } from '../profile';
import type { CpuOperators } from './trial';

/**
 * The operators that ran on the CPU, from the traces in a folder, one a graph. What the runtime planned is in its log
 * alone; a trace says where each node has truly been.
 */
export async function operatorsOnCpu(folder: string): Promise<CpuOperators> {
  const nodes = new Map<string, Set<string>>();
  for await (const { graph, event } of profileEvents(folder)) {
    if (event.cat !== 'Node' || event.args.provider !== 'CPUExecutionProvider') continue;
    const { op_name, node_index } = event.args;
    nodes.set(op_name, (nodes.get(op_name) ?? new Set()).add(`${graph} ${node_index}`));
  }
  return [...nodes]
    .map(([operator, { size }]) => ({ operator, nodes: size }))
    .sort((one, other) => other.nodes - one.nodes || one.operator.localeCompare(other.operator));
}
