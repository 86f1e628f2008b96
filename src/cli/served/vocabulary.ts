import { existsSync } from 'node:fs';
import { basename, isAbsolute } from 'node:path';
import { cachedTokenizer } from '../../hub/cached';
import { TOKENIZER_FILE } from '../../hub/choices';
import { modelNameOf } from '../../hub/names';
import { chosenModel } from '../../remote/connect';
import type { ModelServer } from '../../remote/model-server';
import { pathHere } from '../../remote/path-here';
import { recognise, type ServedModelName } from '../../remote/recognise';
import { noVocabulary } from '../../remote/refusals';
import { VitrineError } from '../../shared/errors';
import { UsageError } from '../usage-error';
import { openServer } from './open-server';
import type { ServedOptions } from './served-options';

/**
 * Where the vocabulary of a served model is on this machine: as a person says, or else by what the server has loaded under
 * the model's name; undefined where that is not known here. No hub is asked.
 *
 * @param asked a path, or OWNER/NAME of the hub
 * @throws VitrineError `hub.tokenizer` where the cache has none of that name
 */
export async function vocabularyPath(
  { name, root = name }: Pick<ServedModelName, 'name' | 'root'>,
  server: Pick<ModelServer, 'address'>,
  asked: string | undefined,
): Promise<string | undefined> {
  if (asked !== undefined) return pathOf(asked);
  return pathOfRoot(root, server);
}

/** The same before anything is asked about texts, and what the model is called; a server is asked only where nobody has said. */
export async function namedVocabulary({
  server: address,
  model,
  vocabulary,
}: ServedOptions): Promise<{ name: string; path: string }> {
  if (vocabulary !== undefined) {
    const path = await pathOf(vocabulary);
    return { name: model ?? basename(path), path };
  }
  const server = await openServer(address);
  const named = chosenModel(server, await recognise(server, new AbortController().signal), model);
  const path = await vocabularyPath(named, server, undefined);
  if (path === undefined) throw noVocabulary(server, named.name);
  return { name: named.name, path };
}

async function pathOfRoot(root: string, server: Pick<ModelServer, 'address'>): Promise<string | undefined> {
  if (!isAbsolute(root)) return cached(root);
  const path = pathHere(server, root);
  return path !== undefined && existsSync(path) ? path : undefined;
}

/** @throws VitrineError `hub.tokenizer` */
async function pathOf(asked: string): Promise<string> {
  if (existsSync(asked) || !isName(asked)) return asked;
  const found = await cached(asked);
  if (found !== undefined) return found;
  throw new VitrineError(
    'hub.tokenizer',
    `There is no file ${asked}, and the cache of the hub on this machine has no tokenizer of that name. Get it first: vitrine get ${asked}:${TOKENIZER_FILE}`,
  );
}

const cached = async (name: string) => (isName(name) ? cachedTokenizer(modelNameOf(name)) : undefined);

const isName = (text: string): boolean => /^[\w.-]+\/[\w.-]+$/.test(text) && !text.startsWith('.');

/** @throws UsageError */
export function refuseVocabularyAlone({ server, vocabulary }: { server?: unknown; vocabulary?: unknown }): void {
  if (vocabulary !== undefined && server === undefined) throw new UsageError('--vocabulary belongs to --server URL.');
}
