import { dirname } from 'node:path';
import { withTemporaryFolder } from '../../model/cache/temporary';
import type { CompiledModel } from '../../model/compile';
import { sentence, VitrineError } from '../../shared/errors';
import type { PartTimes, PassTimes } from '../../shared/part-times-api';
import type { Work } from '../../shared/progress';
import { createSession, type SessionOptions, type Sessions } from '../sessions';
import type { Trace } from '../trace';
import { partTimes } from './part-times';
import { type ProfiledRun, profiledRuns } from './profiled-runs';
import { STEPS, type TimedPass, TimedPasses } from './timed-passes';

/** Tokens that are read first: what a session's first run takes is not what a pass takes. */
const WARM_UP_TOKENS = 128;
/** How often a text is read with a profile, which is large, and how often without, unless that takes long. */
const PROFILED_PASSES = 3;
const PLAIN_PASSES = 10;
const LONG_MS = 3000;
/** Tokens of a text that is read once with a profile and once without. */
const LONG_TOKENS = 1000;

/**
 * What a text takes part by part: passes of sessions that are made for the question, first with the runtime's profile and
 * then without it; the fastest of each counts, because whatever else is at work can only make one slower. Of a text that
 * fills the context the last tokens are left out, so that there is room for a token behind it.
 *
 * @throws VitrineError `text.full` where the profile does not hold all of it
 */
export function measurePartTimes(
  model: CompiledModel,
  options: Pick<Sessions, 'provider' | 'threads'>,
  { ids, interventions, droppedBytes }: Trace,
  task: Work,
): Promise<PartTimes> {
  const read = ids.subarray(0, Math.max(1, model.config.contextLength - STEPS));
  const isLong = read.length >= LONG_TOKENS;
  const [most, mostPlain] = isLong ? [1, 1] : [PROFILED_PASSES, PLAIN_PASSES];
  const total = (most + mostPlain) * read.length;
  task.progress(0, total);
  return withTemporaryFolder(dirname(model.weightsFolder), async (profileFolder) => {
    const sessions = await startSessions(model, { ...options, profileFolder });
    const { decoder, unembedding } = sessions;
    try {
      const passes = new TimedPasses(model, sessions, interventions, droppedBytes === 0);
      await passes.read(read.subarray(0, WARM_UP_TOKENS), { ...task, progress: () => {} });
      const profiled = await readOften(passes, read, { first: 0, most, total }, task);
      const counts = { ...passes.counts };
      for (const session of [decoder, unembedding]) await session.endProfiling();
      const runs = await profiledRuns(profileFolder);
      const complete = (['decoder', 'unembedding'] as const).every((name) => runs.get(name)?.length === counts[name]);
      if (!complete) throw tooLong(read.length);
      const plain = await readOften(passes, read, { first: most, most: mostPlain, total }, task);
      const timesOf = (passOf: (read: Read) => readonly TimedPass[]): Pick<PassTimes, 'milliseconds' | 'parts'> => {
        const { milliseconds } = fastest(plain.flatMap(passOf));
        const recorded = fastest(profiled.flatMap(passOf));
        return { milliseconds, parts: partTimes({ ...recorded, runs: runsOf(recorded, runs) }, milliseconds) };
      };
      return {
        prefill: { tokens: read.length, past: 0, ...timesOf(({ prefill }) => [prefill]) },
        decoding: { tokens: 1, past: read.length, ...timesOf(({ steps }) => steps) },
        provider: options.provider,
      };
    } finally {
      for (const session of [decoder, unembedding]) await session.release();
    }
  });
}

async function startSessions(model: CompiledModel, options: SessionOptions): Promise<Sessions> {
  const { decoder, unembedding } = model.graphs;
  return {
    ...options,
    decoder: await createSession('decoder', decoder, model.weightsFolder, options),
    unembedding: await createSession('unembedding', unembedding, model.weightsFolder, options),
    kinds: [],
  };
}

type Read = Awaited<ReturnType<TimedPasses['read']>>;

/** @param first the number of the first pass among all @param total tokens of all passes */
async function readOften(
  passes: TimedPasses,
  ids: Uint32Array,
  { first, most, total }: { first: number; most: number; total: number },
  task: Work,
): Promise<Read[]> {
  const reads: Read[] = [];
  const started = performance.now();
  const progress = (done: number) => task.progress((first + reads.length) * ids.length + done, total);
  do reads.push(await passes.read(ids, { ...task, progress }));
  while (reads.length < most && performance.now() - started < LONG_MS);
  return reads;
}

function fastest(passes: readonly TimedPass[]): TimedPass {
  return passes.reduce((best, pass) => (pass.milliseconds < best.milliseconds ? pass : best));
}

function runsOf({ runs }: TimedPass, all: ReadonlyMap<string, readonly ProfiledRun[]>): ProfiledRun[] {
  return Object.entries(runs).flatMap(([graph, range]) => all.get(graph)?.slice(...range) ?? []);
}

function tooLong(tokens: number): VitrineError {
  return new VitrineError(
    'text.full',
    sentence`${tokens} tokens of this model take more operations than the runtime's profile holds. Take a shorter text to see the time of each part.`,
  );
}
