import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { noInterventions } from '../../src/engine/interventions/interventions';
import { Prefill } from '../../src/engine/prefill';
import { profileEvents } from '../../src/engine/profile';
import { createSessions, type Sessions, sessionsOf } from '../../src/engine/sessions';
import { type CompiledModel, compileModel } from '../../src/model/compile';
import { markdownTable } from '../markdown';
import type { Bench } from './bench';
import { milliseconds, tokenCount } from './table';

const TOKENS = 512;
/** The first text makes the sessions warm; it counts for as much as the others. */
const TEXTS = 3;
const SHOWN = 20;

interface Operator {
  seconds: number;
  runs: number;
}

/** The operators on which a forward pass spends most of its time, as a table in Markdown. */
export async function dearestOperators({ model, folder, cacheFolder, texts }: Bench): Promise<string> {
  console.error('Operators');
  const profileFolder = mkdtempSync(join(folder, 'profile-'));
  const cache = { folder: cacheFolder, limitBytes: Number.MAX_VALUE };
  const compiled = await compileModel(model.path, { cache, allowLarge: true });
  const sessions = await createSessions(compiled, { provider: 'cpu', profileFolder });
  for (let read = 0; read < TEXTS; read++) {
    await readOnce(sessions, compiled, model.tokenizer.encode(texts.next(TOKENS)).ids);
  }
  for (const session of sessionsOf(sessions)) await session.endProfiling();
  const operators = [...(await operatorsIn(profileFolder))].sort(([, a], [, b]) => b.seconds - a.seconds);
  const total = operators.reduce((sum, [, { seconds }]) => sum + seconds, 0);
  for (const session of sessionsOf(sessions)) await session.release();
  return markdownTable(
    [':-', '-:', '-:', '-:'],
    [
      [`of ${milliseconds(total)} in operators, ${TEXTS} texts of ${tokenCount(TOKENS)}`, 'time', 'share', 'runs'],
      ...operators.slice(0, SHOWN).map(([name, { seconds, runs }]) => {
        return [name, milliseconds(seconds), `${((100 * seconds) / total).toFixed(1)} %`, String(runs)];
      }),
    ],
  );
}

async function readOnce(sessions: Sessions, model: CompiledModel, ids: Uint32Array): Promise<void> {
  await new Prefill(sessions, model).run(ids, noInterventions(model.config), {
    signal: new AbortController().signal,
    progress() {},
  });
}

/** By graph and operator, from the traces in a folder, one a graph. */
async function operatorsIn(folder: string): Promise<Map<string, Operator>> {
  const operators = new Map<string, Operator>();
  for await (const { graph, event } of profileEvents(folder)) {
    if (event.cat !== 'Node') continue;
    const name = `${graph}: ${event.args.op_name}`;
    const { seconds, runs } = operators.get(name) ?? { seconds: 0, runs: 0 };
    operators.set(name, { seconds: seconds + event.dur / 1e6, runs: runs + 1 });
  }
  return operators;
}
