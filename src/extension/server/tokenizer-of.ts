import { isAbsolute } from 'node:path';
import { cachedTokenizer } from '../../hub/cached';
import { modelNameOf } from '../../hub/names';
import { readVocabulary } from '../../model/checkpoint/model-vocabulary';
import type { ModelServer } from '../../remote/model-server';
import { pathHere } from '../../remote/path-here';
import type { ServedModelName } from '../../remote/recognise';
import { getTokenizer } from './get-tokenizer';
import { pickTokenizer } from './pick-tokenizer';
import { expanded } from './server-entry';

/** Where the tokens of a served model's texts are made: here, by a file or a folder; without a path, by the server. */
export interface TokenizerPlace {
  path: string | undefined;
}

/**
 * Where the tokenizer of a served model is on this machine: where the entry says; in the hub's cache, by what the server says
 * that it has loaded; there itself, where the server runs on this machine; else a person is asked.
 *
 * @param given a path, or OWNER/NAME of the hub
 * @returns undefined where a person has chosen nothing
 * @throws VitrineError where what was given cannot be read
 */
export async function tokenizerOf(
  model: ServedModelName,
  server: Pick<ModelServer, 'address'>,
  given: string | undefined,
): Promise<TokenizerPlace | undefined> {
  if (given !== undefined) return { path: isPath(given) ? expanded(given) : await hereOrFromHub(given) };
  const path = await tokenizerHere(model, server);
  return path === undefined ? chosenTokenizer(model) : { path };
}

/** A person is asked for it, whatever there is. */
export async function chosenTokenizer(model: ServedModelName): Promise<TokenizerPlace | undefined> {
  const chosen = await pickTokenizer(model, hubNameOf(model));
  switch (chosen?.kind) {
    case 'here':
      return { path: chosen.path };
    case 'hub':
      return { path: await hereOrFromHub(chosen.name) };
    case 'server':
      return { path: undefined };
    default:
      return undefined;
  }
}

/** What needs nobody: the probe finds out whether it is the model's. */
async function tokenizerHere(
  model: ServedModelName,
  server: Pick<ModelServer, 'address'>,
): Promise<string | undefined> {
  const name = hubNameOf(model);
  const cached = name && (await cachedTokenizer(modelNameOf(name)));
  if (cached) return cached;
  const path = model.root === undefined ? undefined : pathHere(server, model.root);
  return path !== undefined && (await isReadable(path)) ? path : undefined;
}

/** What the server has loaded, or calls the model, where that is a name of the hub's form. */
function hubNameOf({ root, name }: ServedModelName): string | undefined {
  return [root, name].find((each) => each !== undefined && !isPath(each) && isHubName(each));
}

async function hereOrFromHub(name: string): Promise<string> {
  const model = modelNameOf(name);
  return (await cachedTokenizer(model)) ?? (await getTokenizer(model.repository));
}

const isPath = (given: string): boolean => isAbsolute(expanded(given));

function isHubName(given: string): boolean {
  try {
    return modelNameOf(given).file === undefined;
  } catch {
    return false;
  }
}

async function isReadable(path: string): Promise<boolean> {
  try {
    await readVocabulary(path);
    return true;
  } catch {
    return false;
  }
}
