import { existsSync } from 'node:fs';
import { basename, isAbsolute } from 'node:path';
import { cachedTokenizer } from '../../hub/cached';
import { modelNameOf } from '../../hub/names';
import { chosenModel } from '../../remote/connect';
import { isLoopback, type ModelServer } from '../../remote/model-server';
import { recognise, type ServedModelName } from '../../remote/recognise';
import { VitrineError } from '../../shared/errors';
import { UsageError } from '../usage-error';
import { openServer } from './open-server';
import type { ServedOptions } from './served-options';

/**
 * Where the vocabulary of a served model is on this machine: as a person says, or else by what the server has loaded under
 * the model's name. No hub is asked.
 *
 * @param asked a path, or OWNER/NAME of the hub
 * @throws VitrineError `server.noVocabulary`
 */
export async function vocabularyPath(
  { name, root }: Pick<ServedModelName, 'name' | 'root'>,
  server: Pick<ModelServer, 'host' | 'address'>,
  asked: string | undefined,
): Promise<string> {
  if (asked !== undefined) return (await pathOf(asked)) ?? asked;
  const found = root === undefined ? undefined : await pathOfRoot(root, server);
  if (found !== undefined) return found;
  throw new VitrineError(
    'server.noVocabulary',
    `Nothing here says which tokens ${name} on ${server.host} has. Say --vocabulary PATH: its tokenizer.json, a folder with one, or a GGUF file with the same vocabulary.`,
  );
}

/** The same before anything is asked about texts, and what the model is called; a server is asked only where nobody has said. */
export async function namedVocabulary({
  server: address,
  model,
  vocabulary,
}: ServedOptions): Promise<{ name: string; path: string }> {
  if (vocabulary !== undefined) {
    const path = (await pathOf(vocabulary)) ?? vocabulary;
    return { name: model ?? basename(path), path };
  }
  const server = await openServer(address);
  const named = chosenModel(server, await recognise(server, new AbortController().signal), model);
  return { name: named.name, path: await vocabularyPath(named, server, undefined) };
}

/** Paths that a server names are its own: they are here too only where it runs on this machine. */
async function pathOfRoot(root: string, { address }: Pick<ModelServer, 'address'>): Promise<string | undefined> {
  if (!isAbsolute(root)) return cached(root);
  return isLoopback(new URL(address)) && existsSync(root) ? root : undefined;
}

/** @throws VitrineError `server.noVocabulary` where it is the name of a model of which the hub's cache has no tokenizer */
async function pathOf(asked: string): Promise<string | undefined> {
  if (existsSync(asked) || !isName(asked)) return undefined;
  const found = await cached(asked);
  if (found !== undefined) return found;
  throw new VitrineError(
    'server.noVocabulary',
    `There is no file ${asked}, and the cache of the hub on this machine has no tokenizer of that name. Get it first: hf download ${asked} tokenizer.json tokenizer_config.json`,
  );
}

const cached = async (name: string) => (isName(name) ? cachedTokenizer(modelNameOf(name)) : undefined);

const isName = (text: string): boolean => /^[\w.-]+\/[\w.-]+$/.test(text) && !text.startsWith('.');

/** @throws UsageError */
export function refuseVocabularyAlone({ server, vocabulary }: { server?: unknown; vocabulary?: unknown }): void {
  if (vocabulary !== undefined && server === undefined) throw new UsageError('--vocabulary belongs to --server URL.');
}
