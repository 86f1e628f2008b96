import { listFiles, modelInfo } from '@huggingface/hub';
import * as v from 'valibot';
import { sentence, VitrineError } from '../shared/errors';
import { fetchFor, type Waiting } from './ask';
import type { Checksum } from './checksum';
import type { Hub } from './hub';
import { type Licence, licenceOf } from './licence';
import { isModelFile } from './model-files';
import { isSafePath } from './names';
import { nonsense, pageOf, type Subject } from './refusals';

/** A file of a model on the hub. */
export interface HubFile {
  /** From the repository's root, with `/`. */
  path: string;
  bytes: number;
  checksum: Checksum;
}

/** A model on the hub, at one of its states. */
export interface Repository {
  /** OWNER/NAME */
  name: string;
  /** The state's commit: 40 hexadecimal digits. */
  revision: string;
  licence: Licence;
  /** Whether its makers give it only to those who have accepted their terms. */
  gated: boolean;
  /** Those that a model is read from, and others whose weights cannot be opened. */
  files: HubFile[];
}

/** A card may have several of what others have one of. */
const text = v.optional(
  v.nullable(
    v.union([
      v.string(),
      v.pipe(
        v.array(v.string()),
        v.transform((texts) => texts.join(', ')),
      ),
    ]),
  ),
);
const INFO = v.object({
  sha: v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/)),
  gated: v.optional(v.union([v.boolean(), v.string()]), false),
  cardData: v.fallback(v.object({ license: text, license_name: text, license_link: text }), {}),
});

const BYTES = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const ENTRY = v.object({
  path: v.string(),
  size: BYTES,
  oid: v.optional(v.pipe(v.string(), v.regex(/^[0-9a-f]{40}$/))),
  lfs: v.optional(v.object({ oid: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)), size: BYTES })),
});

/** Of a list, which may have no end. Repositories of data have a hundred thousand files. */
const MOST_FILES = 500_000;

/**
 * Asks the hub for a model and the list of its files.
 *
 * @param name OWNER/NAME, as `modelNameOf` gives it
 * @throws VitrineError
 */
export async function openRepository(hub: Hub, name: string, waiting: Waiting): Promise<Repository> {
  const fetch = fetchFor(hub, { repository: name }, waiting);
  try {
    const info = await modelInfo({
      name,
      revision: 'main',
      additionalFields: ['sha', 'cardData'],
      hubUrl: hub.endpoint,
      fetch,
    });
    const { sha, gated, cardData } = v.parse(INFO, info);
    const page = pageOf(hub, name);
    return {
      name,
      revision: sha,
      licence: licenceOf(withoutNulls(cardData), page),
      gated: gated !== false,
      files: await modelFiles(hub, { repository: name }, sha, fetch),
    };
  } catch (error) {
    if (error instanceof VitrineError) throw error;
    throw nonsense(hub, sentence`it is no model and no list of files`);
  }
}

async function modelFiles(
  hub: Hub,
  { repository }: Subject,
  revision: string,
  fetch: Hub['fetch'],
): Promise<HubFile[]> {
  // By path: a list may have one twice.
  const files = new Map<string, HubFile>();
  let listed = 0;
  const repo = { type: 'model', name: repository } as const;
  for await (const entry of listFiles({ repo, revision, recursive: true, hubUrl: hub.endpoint, fetch })) {
    listed += 1;
    if (listed > MOST_FILES) throw nonsense(hub, sentence`its list of files does not end`);
    if (entry.type === 'file' && isModelFile(entry.path)) files.set(entry.path, fileOf(entry, repository));
  }
  return [...files.values()];
}

/** @throws VitrineError `hub.path` where its path leads elsewhere, ValiError where it is no entry. */
function fileOf(entry: unknown, repository: string): HubFile {
  const { path, size, oid, lfs } = v.parse(ENTRY, entry);
  if (!isSafePath(path)) {
    throw new VitrineError(
      'hub.path',
      sentence`${repository} lists a file ${path}, which may lead out of the model's folder. Nothing of it is fetched: tell its owner.`,
    );
  }
  if (lfs) return { path, bytes: lfs.size, checksum: { algorithm: 'sha256', hex: lfs.oid } };
  return { path, bytes: size, checksum: { algorithm: 'git-sha1', hex: v.parse(v.string(), oid) } };
}

function withoutNulls<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}
