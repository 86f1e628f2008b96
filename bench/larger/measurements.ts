import { type Aim, type Measurement, megabytes, milliseconds, seconds, tokenCount } from '../engine/table';
import type { Compiled } from './compiling';
import { CONTINUED, type LargerModel, MEMORY_TOKENS } from './plan';
import { LLAMA } from './readers';
import type { Time, Times } from './times';

const COMPILED_SIZE = 1.4;
const PEAK = 1.6;
const COPIES = 3;
const READ: Aim = { times: 1 };
const CONTINUE: Aim = { times: 0.7 };
const HEAD: Aim = { atMost: 0.1 };

/** The rows of a model's table. */
export function measurementsOf(
  { hasAims, texts }: LargerModel,
  compiled: Compiled,
  ours: Times,
  heads: number[],
  others: Record<string, Times>,
): Measurement[] {
  const aim = (one: Aim) => (hasAims ? one : undefined);
  const { fileBytes, compiledBytes, copy, compile } = compiled;
  const file = { other: fileBytes, otherIs: 'the model file', show: megabytes };
  const rows: Measurement[] = [
    { what: 'Compiled', ours: compiledBytes, aim: aim({ atMost: COMPILED_SIZE * fileBytes }), ...file },
    { what: 'Peak memory, compiling and loading', ours: compiled.peak, ...file },
    {
      what: `Peak memory, ${tokenCount(MEMORY_TOKENS)}`,
      ours: ours.peak,
      aim: aim({ atMost: PEAK * fileBytes }),
      ...file,
    },
    {
      what: 'Compile',
      ours: compile.wall,
      other: copy,
      otherIs: 'a copy of the file',
      aim: aim({ atMost: COPIES * copy }),
      show: seconds,
    },
    { what: 'Compile and load, processor seconds', ours: compile.processor, show: seconds },
  ];
  for (const [name, times] of Object.entries(others)) {
    const isLlama = name === LLAMA;
    rows.push({
      what: `Peak memory, ${tokenCount(MEMORY_TOKENS)}`,
      ours: ours.peak,
      other: times.peak,
      otherIs: name,
      show: megabytes,
    });
    for (const [tokens, time] of times.read) {
      const what = `Read ${tokenCount(tokens)}`;
      rows.push(...compared(what, name, ours.read.get(tokens), time, isLlama ? aim(READ) : undefined));
    }
    if (times.continued)
      rows.push(...compared(`Continue by ${CONTINUED} tokens`, name, ours.continued, times.continued, aim(CONTINUE)));
  }
  const sorted = heads.toSorted((one, other) => one - other);
  const opened = `A head of ${tokenCount(texts.at(-1) as number)}, whole`;
  rows.push(
    {
      what: `${opened}, median of ${heads.length}`,
      ours: sorted[Math.floor(heads.length / 2)] as number,
      aim: aim(HEAD),
      show: milliseconds,
    },
    { what: `${opened}, fastest`, ours: sorted[0] as number, show: milliseconds },
  );
  return rows;
}

function compared(
  what: string,
  otherIs: string,
  ours: Time | undefined,
  other: Time,
  aim: Aim | undefined,
): Measurement[] {
  if (!ours) return [];
  return [
    { what, ours: ours.wall, other: other.wall, otherIs, aim, show: seconds },
    { what: `${what}, processor seconds`, ours: ours.processor, other: other.processor, otherIs, show: seconds },
  ];
}
