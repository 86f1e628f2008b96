import { open } from 'node:fs/promises';
import { basename, relative, sep } from 'node:path';
import { type Candidate, withoutRevision } from './candidate';

const MAGIC = 'GGUF';
/** Second and later parts of a model, which cannot be opened alone, and vision projectors, which are no models. */
const NO_MODEL = /-0*([2-9]|[1-9]\d+)-of-\d+\.gguf$|mmproj/i;
/** What the first of several parts has behind its model's name. */
const FIRST_PART = /-0*1-of-\d+$/;

/** The model that a file is by its name, in a place; undefined where it is none. */
export function ggufCandidate(place: string, path: string): Candidate | undefined {
  if (!path.toLowerCase().endsWith('.gguf') || NO_MODEL.test(path)) return undefined;
  const inPlace = relative(place, path).split(sep).join('/');
  const longName = withoutRevision(inPlace).slice(0, -'.gguf'.length).replace(FIRST_PART, '');
  return { path, name: basename(longName), longName, setting: path };
}

export async function beginsAsGguf(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0);
    return buffer.toString('latin1') === MAGIC;
  } finally {
    await file.close();
  }
}
