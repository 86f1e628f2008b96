import { type NodeEvent, profileEvents } from '../profile';

/** A run of a graph, as the runtime's profile has it. */
export interface ProfiledRun {
  /** In microseconds. */
  duration: number;
  nodes: ProfiledNode[];
}

export interface ProfiledNode {
  /** With the words of `Graph.within` before it. */
  name: string;
  /** In microseconds, without the time of nodes that run within this one. */
  duration: number;
}

/** The runs of each graph in the order in which they were, by its name, from the traces in a folder. */
export async function profiledRuns(folder: string): Promise<Map<string, ProfiledRun[]>> {
  const graphs = new Map<string, { nodes: NodeEvent[]; runs: Timed[] }>();
  for await (const { graph, event } of profileEvents(folder)) {
    const { nodes, runs } = graphs.get(graph) ?? { nodes: [], runs: [] };
    graphs.set(graph, { nodes, runs });
    if (event.cat === 'Node') nodes.push(event);
    else runs.push(event);
  }
  return new Map(Array.from(graphs, ([graph, { nodes, runs }]) => [graph, nodesOfRuns(runs, nodes)]));
}

type Timed = Pick<NodeEvent, 'ts' | 'dur'>;

const endOf = ({ ts, dur }: Timed): number => ts + dur;
const byBegin = (one: Timed, other: Timed): number => one.ts - other.ts || other.dur - one.dur;

function nodesOfRuns(runs: Timed[], nodes: NodeEvent[]): ProfiledRun[] {
  const inOrder = nodes.sort(byBegin);
  let at = 0;
  return runs.sort(byBegin).map((run) => {
    const first = at;
    while (at < inOrder.length && (inOrder[at] as NodeEvent).ts <= endOf(run)) at++;
    return { duration: run.dur, nodes: ownTimes(inOrder.slice(first, at)) };
  });
}

/** A branch of a graph runs within the node that chooses it, and both are in the profile. @param nodes in the order in which they begin */
function ownTimes(nodes: readonly NodeEvent[]): ProfiledNode[] {
  const open: { event: NodeEvent; node: ProfiledNode }[] = [];
  return nodes.map((event) => {
    while (open.length > 0 && endOf((open.at(-1) as { event: NodeEvent }).event) < endOf(event)) open.pop();
    const around = open.at(-1);
    if (around && event.ts < endOf(around.event)) around.node.duration -= event.dur;
    const node = { name: event.name, duration: event.dur };
    open.push({ event, node });
    return node;
  });
}
