import type { Engine } from '../../engine/client';
import type { TraceInfo } from '../../shared/engine-api';
import { interventionsOf, type ReadingChanges } from '../../shared/steering';
import { TASK } from '../session';
import type { Prompt, ReadPrompt } from './inspection';
import { textless } from './labels';

export function readPrompt(engine: Engine, prompt: Prompt, changes: ReadingChanges): Promise<ReadPrompt> {
  return 'ids' in prompt ? readIds(engine, prompt.ids, changes) : readText(engine, prompt, changes);
}

async function readText(
  engine: Engine,
  { text, truncate }: { text: string; truncate: boolean },
  changes: ReadingChanges,
): Promise<ReadPrompt> {
  const trace = await engine.forward({ task: TASK, text, truncate, ...interventionsOf(changes) });
  const bytes = Buffer.from(text);
  return {
    text,
    trace,
    bytesOf: (position) => bytes.toString('hex', trace.byteStarts[position], trace.byteEnds[position]),
    names: await namesOfTextless(engine, trace),
  };
}

/** Where a vocabulary leaves an id free, a token has neither text nor bytes. */
async function readIds(engine: Engine, ids: readonly number[], changes: ReadingChanges): Promise<ReadPrompt> {
  const pass = await engine.forwardTokens({ task: TASK, ids: [...ids], ...interventionsOf(changes) });
  const tokens = await engine.describe({ ids: [...ids] });
  const texts = tokens.map(({ text }) => text);
  const units = spansOf(texts.map(({ length }) => length));
  const bytes = spansOf(texts.map((text) => Buffer.byteLength(text)));
  const free = ids.flatMap((id, position) =>
    tokens[position]?.bytes === '' ? [[position, textless(id)] as const] : [],
  );
  return {
    text: texts.join(''),
    trace: {
      ...pass,
      ids: Uint32Array.from(ids),
      ...units,
      byteStarts: bytes.starts,
      byteEnds: bytes.ends,
      dropped: [],
      cut: 0,
    },
    bytesOf: (position) => tokens[position]?.bytes ?? '',
    names: new Map(free),
  };
}

/** Where pieces of these lengths begin and end, one after another. */
function spansOf(lengths: readonly number[]): { starts: Uint32Array; ends: Uint32Array } {
  let end = 0;
  const ends = Uint32Array.from(lengths, (length) => {
    end += length;
    return end;
  });
  return { starts: ends.map((value, index) => value - (lengths[index] ?? 0)), ends };
}

async function namesOfTextless(engine: Engine, { ids, byteStarts, byteEnds }: TraceInfo): Promise<Map<number, string>> {
  const positions = Array.from(ids.keys()).filter((position) => byteStarts[position] === byteEnds[position]);
  if (positions.length === 0) return new Map();
  const descriptions = await engine.describe({ ids: positions.map((position) => ids[position] ?? 0) });
  return new Map(positions.map((position, index) => [position, descriptions[index]?.text ?? '']));
}
