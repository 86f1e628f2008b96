import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { readJsonList, writeJsonList } from '../../model/cache/json-list';
import type { CompiledModel } from '../../model/compile';
import { type Choice, choose } from './choose';
import { machineKey } from './machine';
import { type Trial, trial } from './trial';

const MEMO_FILE = 'providers.json';

const memo = v.object({ machine: v.string(), model: v.string(), trials: v.array(trial) });

/** What was found when a model's providers were tried on this machine, and what follows from it. */
export interface Remembered {
  trials: Trial[];
  choice: Choice;
}

/** Stands for the weights and for the graphs, whose operators decide how fast a provider is. */
export function modelKey({ key, graphs }: Pick<CompiledModel, 'key' | 'graphs'>): string {
  return createHash('sha256').update(key).update(graphs.decoder).update(graphs.unembedding).digest('hex').slice(0, 32);
}

/** What is known for this machine and model, or undefined where nothing was tried since either changed. */
export async function recall(cacheFolder: string, model: string): Promise<Remembered | undefined> {
  const machine = machineKey();
  const known = (await readJsonList(cacheFolder, MEMO_FILE, memo)).find(
    (one) => one.machine === machine && one.model === model,
  );
  return known && { trials: known.trials, choice: choose(known.trials) };
}

/** Remembers what was found, unless the CPU itself failed: a machine that was too busy for it tells nothing of the others. */
export async function remember(cacheFolder: string, model: string, trials: Trial[]): Promise<Remembered> {
  const found = { trials, choice: choose(trials) };
  if (!trials.some(({ provider, works }) => provider === 'cpu' && works)) return found;
  const machine = machineKey();
  const others = (await readJsonList(cacheFolder, MEMO_FILE, memo)).filter(
    (one) => one.machine !== machine || one.model !== model,
  );
  await writeJsonList(cacheFolder, MEMO_FILE, [{ machine, model, trials }, ...others]);
  return found;
}
