import { type PartTime, TIMED_PARTS, type TimedPart } from '../../shared/part-times-api';
import type { ProfiledNode, ProfiledRun } from './profiled-runs';

/** A pass that was timed from outside, and the runs of graphs that it took. */
export interface ProfiledPass {
  milliseconds: number;
  runs: readonly ProfiledRun[];
}

/** Of all nodes, how many do next to nothing at least: they reshape, or write a few numbers. */
const QUICKEST = 0.05;

/**
 * The time of a pass by part. To record a node takes the runtime some microseconds, which is as long as a small node takes:
 * as much as the quickest nodes take is taken off each, and once more from between them. The rest is brought to the length
 * of a pass without a profile, because what else is at work on the machine slows all parts alike.
 *
 * @param plain milliseconds of a pass without a profile
 */
export function partTimes({ milliseconds, runs }: ProfiledPass, plain: number): PartTime[] {
  const nodes = runs.flatMap((run) => run.nodes);
  const recording = quickest(nodes);
  const times = new Map<string, PartTime>();
  const add = (part: TimedPart, layer: number | undefined, microseconds: number) => {
    const key = `${part} ${layer}`;
    const time = times.get(key) ?? { part, layer, milliseconds: 0 };
    time.milliseconds += microseconds / 1000;
    times.set(key, time);
  };
  for (const { name, duration } of nodes) add(partOf(name), layerOf(name), Math.max(0, duration - recording));
  const inNodes = sumOfDurations(nodes);
  const between = sumOfDurations(runs) - inNodes;
  add('outside', undefined, 1000 * milliseconds - inNodes - Math.min(between, nodes.length * recording));
  const all = [...times.values()];
  const scale = plain / all.reduce((sum, time) => sum + time.milliseconds, 0);
  return all.map((time) => ({ ...time, milliseconds: scale * time.milliseconds }));
}

function quickest(nodes: readonly ProfiledNode[]): number {
  const durations = nodes.map(({ duration }) => duration).sort((one, other) => one - other);
  return durations[Math.floor(QUICKEST * durations.length)] ?? 0;
}

/**
 * The innermost of the words that `Graph.within` put before a node's name. What the runtime makes of several nodes is
 * named after one of them, with more behind it. Casts and copies that it adds itself are its own.
 */
function partOf(name: string): TimedPart {
  const words = name.split('/') as TimedPart[];
  return words.findLast((word) => TIMED_PARTS.includes(word)) ?? 'outside';
}

function layerOf(name: string): number | undefined {
  const [, layer] = /\blayer\.(\d+)\//.exec(name) ?? [];
  return layer === undefined ? undefined : Number(layer);
}

const sumOfDurations = (timed: readonly { duration: number }[]): number =>
  timed.reduce((sum, { duration }) => sum + duration, 0);
