import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { isSameModel } from './probe';

/** A model behind a name of a server, as it has shown itself: how probable it finds the tokens of the known text. */
export interface Fingerprint {
  address: string;
  name: string;
  /** What the server says that it has loaded under this name. */
  root: string | undefined;
  logprobs: readonly number[];
}

/** Models that a server has had under one name lately. */
const MOST_MODELS = 20;

const knownSchema = v.array(v.object({ id: v.string(), root: v.optional(v.string()), logprobs: v.array(v.number()) }));
type Known = v.InferOutput<typeof knownSchema>;

/**
 * What a served model goes by wherever numbers of models are kept: the same for the same model next time, and another for
 * another that has taken its place. Numbers of 16 bits differ a little from start to start, so the models that a server has
 * shown under a name are kept, in a file for each name.
 *
 * @param folder of these files; where there is none, or nothing can be kept in it, the model goes by the numbers of this time
 * @returns SHA-256 of the address, the name, what is loaded under it and the numbers that were seen first, in hexadecimal
 */
export async function identityOf(folder: string | undefined, fingerprint: Fingerprint): Promise<string> {
  const { address, name, root, logprobs } = fingerprint;
  const path = folder && join(folder, `${digestOf([address, name])}.json`);
  const known = path ? await readKnown(path) : [];
  const same = known.find((model) => model.root === root && isSameModel(model.logprobs, logprobs));
  if (same) return same.id;
  const model = { id: digestOf([address, name, root, logprobs]), root, logprobs: [...logprobs] };
  if (path) await keep(path, [model, ...known].slice(0, MOST_MODELS));
  return model.id;
}

/** Nothing where the file is not there, or is damaged. */
async function readKnown(path: string): Promise<Known> {
  try {
    return v.parse(knownSchema, JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return [];
  }
}

/** Writes the file as a whole or not at all. */
async function keep(path: string, known: Known): Promise<void> {
  const temporary = `${path}.${randomUUID()}`;
  try {
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(temporary, JSON.stringify(known), { mode: 0o600 });
    await rename(temporary, path);
  } catch {
    // The folder may be full, or not ours: then the model is a new one next time, and nothing worse.
    await rm(temporary, { force: true }).catch(() => {});
  }
}

const digestOf = (of: unknown[]): string => createHash('sha256').update(JSON.stringify(of)).digest('hex');
