import { existsSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import * as v from 'valibot';
import { sentence, VitrineError } from '../../shared/errors';
import { isMissing, reasonOf } from '../../shared/system-errors';
import type { ModelPlace } from './model-places';

/** Of a manifest, what is needed to find the model's file. */
const manifest = v.object({
  layers: v.array(v.object({ mediaType: v.string(), digest: v.pipe(v.string(), v.regex(/^sha256:[0-9a-f]+$/)) })),
});
const MODEL_LAYER = 'application/vnd.ollama.image.model';
const ADAPTER_LAYER = 'application/vnd.ollama.image.adapter';

/** What a name of Ollama's leaves out. */
const HOST = 'registry.ollama.ai';
const OWNER = 'library';
const TAG = 'latest';

/** Before such a name in the setting, which else has a path. */
const PREFIX = 'ollama:';

/** The setting's value for a model of Ollama's: by its name, since its file has another with every update. */
export const ollamaSetting = (name: string): string => `${PREFIX}${name}`;

/** The name of Ollama's that a value of the setting has; undefined where it is a path. */
export function ollamaName(setting: string): string | undefined {
  return setting.startsWith(PREFIX) ? setting.slice(PREFIX.length) : undefined;
}

/** Where manifests lie in a folder of Ollama's, each as `HOST/OWNER/MODEL/TAG`. */
export const manifestsIn = (folder: string): string => join(folder, 'manifests');

/** As `ollama list` calls the model of a manifest. */
export function nameOfManifest(folder: string, path: string): string {
  const [host = '', owner = '', model = '', tag = ''] = relative(manifestsIn(folder), path).split(sep);
  const shown = host !== HOST ? [host, owner] : owner !== OWNER ? [owner] : [];
  return `${[...shown, model].join('/')}:${tag}`;
}

/**
 * The file that a manifest names; undefined where it is damaged.
 *
 * @throws the system's error where it cannot be read, VitrineError `model.adapter` where the file is not the whole model.
 */
export function fileOfManifest(folder: string, path: string): string | undefined {
  const layers = layersOf(readFileSync(path, 'utf8'));
  const fileOf = (type: string): string | undefined => {
    const digest = layers.find(({ mediaType }) => mediaType === type)?.digest;
    return digest && join(folder, 'blobs', digest.replace(':', '-'));
  };
  const adapter = fileOf(ADAPTER_LAYER);
  if (adapter !== undefined) throw notWhole(nameOfManifest(folder, path), adapter);
  return fileOf(MODEL_LAYER);
}

/** None where a manifest is damaged. */
function layersOf(text: string): v.InferOutput<typeof manifest>['layers'] {
  try {
    return v.parse(manifest, JSON.parse(text)).layers;
  } catch {
    return [];
  }
}

const notWhole = (name: string, adapter: string): VitrineError =>
  new VitrineError(
    'model.adapter',
    sentence`Ollama runs ${name} with an adapter, which its model file lacks: choose the model that it was made from, and ${adapter} as its adapter (vitrine.adapter, or --adapter).`,
  );

/** What is told of a model whose file has gone. */
export const fileGone = (name: string): VitrineError =>
  new VitrineError(
    'model.ollama',
    sentence`Ollama lists ${name}, but its file is not there: ollama pull ${name} gets it again.`,
  );

/**
 * The file of a model that Ollama has.
 *
 * @throws VitrineError `model.ollama` where it has none of that name, or its file has gone, `model.unreadable` where what
 * it says may not be read, `model.adapter` where its file is not the whole model.
 */
export function fileOfOllama(name: string, places: readonly ModelPlace[]): string {
  for (const { folder } of places.filter(({ layout }) => layout === 'ollama')) {
    const file = fileOfNamed(folder, name);
    if (file === undefined) continue;
    if (existsSync(file)) return file;
    throw fileGone(name);
  }
  throw new VitrineError('model.ollama', sentence`Ollama has no model ${name} on this machine: choose another model.`);
}

function fileOfNamed(folder: string, name: string): string | undefined {
  const path = manifestOf(folder, name);
  try {
    return fileOfManifest(folder, path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error instanceof VitrineError ? error : unreadable(path, error);
  }
}

/** What is told of a file or a folder that cannot be read. */
export function unreadable(path: string, cause: unknown): VitrineError {
  return new VitrineError('model.unreadable', sentence`${path} cannot be read: ${reasonOf(cause)}.`, { cause });
}

function manifestOf(folder: string, name: string): string {
  const [path = '', tag = TAG] = name.split(/:(?=[^/]*$)/);
  const parts = path.split('/');
  const defaults = [HOST, OWNER].slice(0, Math.max(0, 3 - parts.length));
  return join(manifestsIn(folder), ...defaults, ...parts, tag);
}
