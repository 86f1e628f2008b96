import { constants } from 'node:fs';
import { access, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Engine } from '../../engine/client';
import { createLenses, createRuns, createVocabularies, inspectorHtml, readPageParts, record } from '../../inspector';
import { messageOf, VitrineError } from '../../shared/errors';
import { formatBytes } from '../../shared/format-bytes';
import type { InspectorState } from '../../shared/inspector-api';
import { shortModelName } from '../../shared/names';
import { createTokenizerInSlices, isTiktokenName, loadTiktoken, type Tokenizer } from '../../tokenizer';
import { warn } from '../output';
import { type ShowProgress, TASK } from '../session';
import { UsageError } from '../usage-error';
import type { Inspection, InspectRequest } from './inspection';
import { inspectorState } from './inspector-state';

/** The webviews' bundle, beside this one. */
const BUNDLE = fileURLToPath(new URL('./webviews/', import.meta.url));
/** What the page says, and how it writes numbers. */
const LANGUAGE = 'en';

export interface HtmlFile {
  path: string;
  /** Of the text: a file's name, or nothing. */
  title: string;
}

/** Writes the inspector with what the model made of a text as one HTML file. */
export async function writeHtmlFile(
  engine: Engine,
  inspection: Inspection,
  request: InspectRequest,
  { path, title, showProgress }: HtmlFile & { showProgress: ShowProgress },
): Promise<void> {
  const html = await inspectorPage(engine, inspectorState(inspection, request, title), showProgress);
  await writeFile(path, html).catch((error: unknown) => {
    throw unwritable(error, path);
  });
  warn(`Wrote ${path} (${formatBytes(Buffer.byteLength(html))}).`);
}

/**
 * Before anything that takes long.
 *
 * @param sources the files that are read, which may not be written over.
 * @throws VitrineError `output.unwritable`, UsageError where it is one of the sources
 */
export async function checkWritable(path: string, sources: readonly (string | undefined)[]): Promise<void> {
  if (sources.some((source) => source !== undefined && resolve(source) === resolve(path))) {
    throw new UsageError(`--html would write over ${path}, which is read. Name another file.`);
  }
  const folder = dirname(path);
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) throw unwritable(Object.assign(new Error(), { code: 'EISDIR' }), path);
  await access(found ? path : folder, constants.W_OK).catch((error: unknown) => {
    throw unwritable(error, path);
  });
}

async function inspectorPage(engine: Engine, state: InspectorState, showProgress: ShowProgress): Promise<string> {
  const { runs } = createRuns(engine, { newTask: () => TASK, progress: () => {} });
  const vocabularies = createVocabularies({
    named: (name) => tokenizerOf(engine, name),
    modelName: () => shortModelName(state.model?.name ?? ''),
    language: LANGUAGE,
  });
  const recording = await record(
    { state, language: LANGUAGE, translations: {}, lenses: createLenses(engine), runs, vocabularies, symbols: [] },
    {
      signal: new AbortController().signal,
      progress: (done, total) => showProgress({ stage: 'record', done, total }),
    },
  );
  return inspectorHtml(recording, await readPageParts(BUNDLE));
}

const tokenizers = new Map<string, Promise<Tokenizer>>();

function tokenizerOf(engine: Engine, name: string): Promise<Tokenizer> {
  const load = async () =>
    isTiktokenName(name) ? loadTiktoken(name) : createTokenizerInSlices(await engine.vocabulary({}));
  const tokenizer = tokenizers.get(name) ?? load();
  tokenizers.set(name, tokenizer);
  return tokenizer;
}

function unwritable(error: unknown, path: string): VitrineError {
  const sentences: Record<string, string> = {
    ENOENT: `There is no folder ${dirname(path)} to write ${basename(path)} in.`,
    EISDIR: `${path} is a folder. Name a file in it.`,
    EACCES: `${path} may not be written. Change its permissions, or name another file.`,
  };
  const said = sentences[(error as NodeJS.ErrnoException).code ?? ''];
  return new VitrineError('output.unwritable', said ?? `${path} could not be written (${messageOf(error)}).`);
}
