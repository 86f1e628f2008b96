import type { Progress } from '../shared/progress';
import type { Waiting } from './ask';
import type { Choice } from './choices';
import { getFile } from './get-file';
import type { Hub } from './hub';
import { bytesBegun, isHere, modelFolder, placeOf, publish } from './model-folder';
import type { Repository } from './repository';
import { storageError } from './storage-errors';

/** Told how far it is, in bytes of the whole choice. */
export interface GetWork extends Waiting {
  onWritten: Progress;
  onChecked: Progress;
}

/**
 * Gets a choice into the cache: what is missing of it, checked, and then all of it under its names, so that no part ever looks
 * whole. Whoever calls has asked before.
 *
 * @returns the path to open: of the GGUF file, of the first of its parts, or of the folder
 * @throws VitrineError
 */
export async function getModel(hub: Hub, repository: Repository, choice: Choice, work: GetWork): Promise<string> {
  const { signal, onPause } = work;
  const folder = modelFolder(hub, repository);
  const report = { written: counter(choice, work.onWritten), checked: counter(choice, work.onChecked) };
  try {
    for (const file of choice.files) {
      if (await isHere(folder, file)) {
        report.written(file.bytes);
        report.checked(file.bytes);
        continue;
      }
      report.written(await bytesBegun(folder, file));
      await getFile({ hub, repository, file, signal, onPause }, folder, report);
    }
    await publish(folder, choice.files, repository.revision);
  } catch (error) {
    throw storageError(hub, error);
  }
  const [first] = choice.files;
  return choice.kind === 'folder' || !first ? folder.snapshot : placeOf(folder, first);
}

/** Adds up bytes, and tells how far that is. */
function counter({ bytes: total }: Choice, tell: Progress): (bytes: number) => void {
  let sum = 0;
  return (bytes) => {
    sum += bytes;
    tell(sum, total);
  };
}
