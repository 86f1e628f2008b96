import { availableMemory } from '../model/cache/available-memory';
import { freeDisk } from '../model/cache/free-disk';
import { type Sentence, sentence, VitrineError } from '../shared/errors';
import type { Choice } from './choices';
import type { Hub } from './hub';
import { licenceSentence } from './licence';
import { bytesBegun, isHere, modelFolder } from './model-folder';
import { gated } from './refusals';
import type { Repository } from './repository';
import { noPlace, storageError } from './storage-errors';

/** What this machine has free, in bytes. */
export interface Free {
  disk: number;
  memory: number;
}

/** What there is room for, where models are kept. @throws VitrineError `hub.cache` where that is no place for files */
export async function freeSpace(hub: Hub): Promise<Free> {
  const disk = await freeDisk(hub.cacheFolder).catch((error: unknown) => {
    throw noPlace(hub, sentence`it is no place for files`, error);
  });
  return { disk, memory: await availableMemory() };
}

/** Why a choice does not fit, as far as its size alone tells; undefined where it may. */
export function obstacleOf({ bytes }: Choice, free: Free): Sentence | undefined {
  if (bytes > free.disk) return sentence`more than the ${{ bytes: free.disk }} that are free on the disk`;
  // Its weights take as much at the least; what else it takes is known once it is here.
  if (bytes > free.memory) return sentence`more than the ${{ bytes: free.memory }} of memory that are free`;
  return undefined;
}

/** Bytes of a choice that would have to be fetched; 0 where it is here already, whichever tool has brought it. */
export async function missingBytes(hub: Hub, repository: Repository, choice: Choice): Promise<number> {
  const folder = modelFolder(hub, repository);
  let missing = 0;
  try {
    for (const file of choice.files) {
      if (!(await isHere(folder, file))) missing += file.bytes - (await bytesBegun(folder, file));
    }
  } catch (error) {
    throw storageError(hub, error);
  }
  return missing;
}

/** What a person is asked before the first byte is fetched. */
export interface Consent {
  question: Sentence;
  /** The terms, where it goes to, and what is to be known beside. */
  details: Sentence[];
}

/** @throws VitrineError `hub.disk` where it does not fit, `hub.gated` where it would not be given. */
export function consentOf(hub: Hub, repository: Repository, choice: Choice, missing: number, free: Free): Consent {
  const { name, licence } = repository;
  if (missing > free.disk) {
    throw new VitrineError(
      'hub.disk',
      sentence`${name} takes ${{ bytes: missing }} of the disk of ${hub.cacheFolder}, where ${{ bytes: free.disk }} are free. Free some space, or set HF_HOME to a folder on another disk.`,
    );
  }
  if (repository.gated && !hub.token) throw gated(hub, { repository: name });
  const obstacle = obstacleOf(choice, free);
  return {
    question: sentence`Get ${choice.name} of ${name} from ${hub.host}: ${{ bytes: missing }}?`,
    details: [
      licenceSentence(licence),
      sentence`It goes to ${hub.cacheFolder}, where ${{ bytes: free.disk }} are free.`,
      ...(missing < choice.bytes ? [sentence`${{ bytes: choice.bytes - missing }} of it are here already.`] : []),
      ...(obstacle ? [sentence`It may not run here: it is ${obstacle}.`] : []),
    ],
  };
}
