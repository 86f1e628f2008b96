import { setImmediate } from 'node:timers/promises';
import { hasAttention } from '../../model/config';
import type { Work } from '../../shared/progress';
import type { Rows } from '../layer-run';
import { LayerRunner } from '../layer-runner';
import type { LoadedModel } from '../loaded-model';
import type { Trace } from '../trace';
import type { Branch } from './branch';
import { BranchGroup, type Step } from './branch-group';
import { groupStarts } from './group-starts';
import { TraceLayer } from './trace-layer';

/** Residual streams that are in memory at a time. */
const STREAM_BYTES = 2 ** 28;

/** What branches are of. */
export interface BranchedTrace {
  model: Pick<LoadedModel, 'compiled' | 'sessions'>;
  trace: Trace;
  /** The positions whose streams are asked for, as they leave the last layer. */
  asked: Rows;
}

/** What leaves the last layer of a branch at the positions that are asked for and that it may change, up to the last: [positions, C]. */
export interface TakenBranch {
  branch: number;
  rows: Float32Array;
}

/**
 * Runs branches of a trace. Their streams go up through the layers together, so that a layer's weights are read once for
 * all of them, and each only from where it begins on: the keys and values of the positions before are the trace's.
 *
 * @param take is given some branches at a time, whose memory then is used again; none that changes nothing that is asked for
 */
export async function runBranches(of: BranchedTrace, branches: readonly Branch[], take: TakeBranches, work: Work) {
  const { numHiddenLayers } = of.model.compiled.config;
  const order = Array.from(branches.keys())
    .filter((i) => (branches[i] as Branch).start < of.asked.to)
    .sort((a, b) => inOrder(branches[a] as Branch, branches[b] as Branch));
  const total = order.reduce((sum, i) => sum + numHiddenLayers - (branches[i] as Branch).layer, 0);
  let done = 0;
  const step = async (count: number) => {
    work.progress(done, total);
    done += count;
    // A run blocks the thread: between two, a request to cancel gets in.
    await setImmediate();
    work.signal.throwIfAborted();
  };
  for (const part of partsThatFit(of, order, branches)) await take(await runPart(of, part, branches, step));
  work.progress(total, total);
}

type TakeBranches = (taken: TakenBranch[]) => Promise<void>;

/** By layer, those that enter it before those that leave it, and by start. */
const inOrder = (a: Branch, b: Branch) =>
  a.layer - b.layer || Number(a.leave !== undefined) - Number(b.leave !== undefined) || a.start - b.start;

function* partsThatFit({ model, asked }: BranchedTrace, order: readonly number[], branches: readonly Branch[]) {
  const { hiddenSize } = model.compiled.config;
  let part: number[] = [];
  let bytes = 0;
  for (const i of order) {
    const size = (asked.to - (branches[i] as Branch).start) * hiddenSize * Float32Array.BYTES_PER_ELEMENT;
    if (part.length > 0 && bytes + size > STREAM_BYTES) {
      yield part;
      part = [];
      bytes = 0;
    }
    part.push(i);
    bytes += size;
  }
  if (part.length > 0) yield part;
}

async function runPart(
  of: BranchedTrace,
  part: readonly number[],
  branches: readonly Branch[],
  step: Step,
): Promise<TakenBranch[]> {
  const { model, trace, asked } = of;
  const { config } = model.compiled;
  const sessions = model.sessions.kinds.map(({ layer }) => layer);
  const runner = new LayerRunner(sessions, model.compiled, trace.ids.length);
  const groups = groupsOf(of, part, branches);
  const last = config.numHiddenLayers - 1;
  for (let layer = (branches[part[0] as number] as Branch).layer; layer <= last; layer++) {
    runner.enter(layer);
    const known = new Map<Trace, TraceLayer>();
    const own = (one: Trace) => {
      const found = known.get(one) ?? new TraceLayer(runner, config, one, layer, asked.to);
      known.set(one, found);
      return found;
    };
    for (const { group } of groups) {
      const needed = layer === last ? askedOf(group, asked) : { from: group.start, to: asked.to };
      await group.pass(runner, layer, own(trace), own, needed, step);
    }
  }
  return groups.flatMap(({ group, indices }) =>
    indices.map((branch, i) => {
      const from = Math.max(asked.from, (branches[branch] as Branch).start);
      return { branch, rows: group.rows(i, from) };
    }),
  );
}

const askedOf = ({ start }: BranchGroup, { from, to }: Rows): Rows => ({ from: Math.max(from, start), to });

/** Branches in groups that begin at one position each; all at the first where a layer carries a state from there. */
function groupsOf({ model, asked }: BranchedTrace, part: readonly number[], branches: readonly Branch[]) {
  const { layerKinds, numHiddenLayers, hiddenSize } = model.compiled.config;
  const starts = startsOf(
    part.map((i) => branches[i] as Branch),
    asked.to,
    numHiddenLayers,
  );
  const groups = layerKinds.every(hasAttention) ? starts : [0];
  return groups.map((start, i) => {
    const end = groups[i + 1] ?? Number.POSITIVE_INFINITY;
    const indices = part.filter((index) => {
      const branch = branches[index] as Branch;
      return branch.start >= start && branch.start < end;
    });
    const own = indices.map((index) => branches[index] as Branch);
    return { indices, group: new BranchGroup(start, own, asked.to, hiddenSize) };
  });
}

function startsOf(branches: readonly Branch[], end: number, layers: number): number[] {
  const weights = new Map<number, number>();
  for (const { start, layer } of branches) {
    weights.set(start, (weights.get(start) ?? 0) + (layers - layer) / layers);
  }
  const starts = [...weights.keys()].sort((a, b) => a - b);
  return groupStarts(
    starts,
    starts.map((start) => weights.get(start) as number),
    end,
  );
}
