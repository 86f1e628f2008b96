import { type BigIntStats, constants, fstatSync, statSync } from 'node:fs';
import { access, stat, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Engine } from '../../engine/client';
import {
  createLenses,
  createRuns,
  createVocabularies,
  inspectorHtml,
  isInspectorPage,
  readPageParts,
  record,
} from '../../inspector';
import { VitrineError } from '../../shared/errors';
import { formatBytes } from '../../shared/format-bytes';
import type { InspectorState } from '../../shared/inspector-api';
import { shortModelName } from '../../shared/names';
import { reasonText, systemCodeOf } from '../../shared/system-errors';
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
  target: PageTarget;
  /** Of the text: a file's name, or nothing. */
  title: string;
}

/** Writes the inspector with what the model made of a text as one HTML file. */
export async function writeHtmlFile(
  engine: Engine,
  inspection: Inspection,
  request: InspectRequest,
  { target, title, showProgress }: HtmlFile & { showProgress: ShowProgress },
): Promise<void> {
  const { path } = target;
  const html = await inspectorPage(engine, inspectorState(inspection, request, title), showProgress);
  await checkWritable(target);
  await writeFile(path, html).catch((error: unknown) => {
    throw unwritable(error, path);
  });
  warn(`Wrote ${path} (${formatBytes(Buffer.byteLength(html))}).`);
}

/** A file that a run reads: a path, or the descriptor of one that is open. */
export type SourceFile = string | number;

export interface PageTarget {
  path: string;
  /** The files that are read, which may never be written over. */
  sources: readonly SourceFile[];
  /** Whether a file that is there may be written over though it is no page of ours. */
  force: boolean;
}

/**
 * Whether a page may be written: before anything that takes long, and again before it is done.
 *
 * @throws VitrineError `output.unwritable`, UsageError where it would write over what is read, or over what Vitrine did
 * not write.
 */
export async function checkWritable({ path, sources, force }: PageTarget): Promise<void> {
  const found = await stat(path, { bigint: true }).catch((error: unknown) => {
    if (systemCodeOf(error) !== 'ENOENT') throw unwritable(error, path);
  });
  if (found?.isDirectory()) throw unwritable(Object.assign(new Error(), { code: 'EISDIR' }), path);
  await access(found ? path : dirname(path), constants.W_OK).catch((error: unknown) => {
    throw unwritable(error, path);
  });
  if (found === undefined) return;
  if (sources.some((source) => isFile(source, found))) {
    throw new UsageError(`--html would write over ${path}, which is read. Name another file.`);
  }
  if (!force && !(await isInspectorPage(path))) {
    throw new UsageError(
      `${path} is there, and is no page that Vitrine wrote. Name another file, or say --force to write over it.`,
    );
  }
}

/** By device and inode: links have other names. */
function isFile(source: SourceFile, { dev, ino }: BigIntStats): boolean {
  try {
    const stats = typeof source === 'number' ? fstatSync(source, { bigint: true }) : statSync(source, { bigint: true });
    return stats.dev === dev && stats.ino === ino;
  } catch {
    return false;
  }
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
  const said = sentences[systemCodeOf(error) ?? ''];
  const other = `${path} could not be written: ${reasonText(error)}.`;
  return new VitrineError('output.unwritable', said ?? other);
}
