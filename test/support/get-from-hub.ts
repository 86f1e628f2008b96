import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Choice, choiceOf } from '../../src/hub/choices';
import { type GetWork, getModel } from '../../src/hub/get-model';
import { type Hub, hubOf } from '../../src/hub/hub';
import { openRepository, type Repository } from '../../src/hub/repository';
import type { FakeHub } from './fake-hub';

/** A busy machine may be silent for a while; nothing else is waited for. */
const PATIENCE = { silence: 20_000, retry: 1, longestWait: 100 };

export interface Got {
  hub: Hub;
  repository: Repository;
  choice: Choice;
  path: string;
}

export function hubOn({ endpoint }: FakeHub, cacheFolder: string, env: NodeJS.ProcessEnv = {}): Promise<Hub> {
  const given = { HF_ENDPOINT: endpoint, HF_HUB_CACHE: cacheFolder, ...env };
  return hubOf({ fetch, env: given, home: cacheFolder, patience: PATIENCE });
}

/** Gets a file of a model, or what is chosen of it, as the command does once a person has said yes. */
export async function getFromHub(
  hub: Hub,
  name: string,
  file: string | ((repository: Repository) => Choice),
  work: Partial<GetWork> = {},
): Promise<Got> {
  const waiting = { signal: new AbortController().signal, onPause: () => {}, ...work };
  const repository = await openRepository(hub, name, waiting);
  const choice = typeof file === 'string' ? choiceOf(repository, file) : file(repository);
  const path = await getModel(hub, repository, choice, { onWritten: () => {}, onChecked: () => {}, ...waiting });
  return { hub, repository, choice, path };
}

/** What stands in a cache, from its root; `.incomplete` files are no part of any model. */
export function filesIn(cacheFolder: string): string[] {
  if (!existsSync(cacheFolder)) return [];
  return readdirSync(cacheFolder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(cacheFolder.length + 1))
    .sort();
}
