import { formatCount, formatQuantity } from '../../display/numbers';
import { FEWEST_TOKENS, type FileScore, type LeftOut } from '../../shared/workspace-api';
import { FolderScan } from '../../workspace/folder-scan';
import type { FileReader } from '../../workspace/score-file';
import { warn } from '../output';
import { confirmSending } from '../served/sending';
import { type Load, type ModelOptions, type ShowProgress, withModels } from '../session';
import { askedFiles } from './asked-files';
import { openFileReader, type ReadingModel, warnOfStore } from './file-reader';

/** What has been read. */
export interface Scanned {
  model: ReadingModel;
  /** By z, the largest first; those without one last, as are those of few tokens. */
  files: Omit<FileScore, 'lines'>[];
  leftOut: ReadonlyMap<string, LeftOut>;
  /** With their lines, one after another, as they are now: 100,000 of them have no room in memory. */
  scores(): AsyncGenerator<FileScore>;
}

/**
 * Reads the files of some folders, and some files, all that is as it was from disk. What is said of it is said while the
 * model is there, for a file may change.
 *
 * @param stopped says what has been read where a signal ends the command before all is
 * @throws VitrineError where a path is missing, or the model fails
 */
export async function scanPaths<T>(
  paths: readonly string[],
  options: ModelOptions,
  use: (scanned: Scanned) => Promise<T>,
  stopped: (unfinished: Scanned) => Promise<void>,
): Promise<T> {
  const stop = new AbortController();
  const { signal } = stop;
  const scan = new FolderScan(process.cwd());
  scan.use(await askedFiles(paths, signal));
  let tellStopped = async () => {};
  const read = async (load: Load, showProgress: ShowProgress) => {
    const { model, reader } = await openFileReader(options, load);
    const { files, bytes } = scan.waiting;
    const what = `up to ${formatQuantity(files, 'file')}`;
    await confirmSending(model, { what, bytes, yes: options.yes ?? false }, signal);
    tellStopped = async () => {
      stop.abort();
      try {
        if (scan.progress.filesRead > 0) await stopped(scannedBy(scan, reader, model));
      } finally {
        warnOfStopped(scan, reader);
      }
    };
    const progressed = () => showProgress({ stage: 'scan', ...scanProgress(scan) });
    const readOn = async () => {
      while (scan.hasNext) {
        signal.throwIfAborted();
        progressed();
        await scan.readNext(reader, signal, progressed);
      }
    };
    await Promise.all(Array.from({ length: reader.model.parallel ?? 1 }, readOn));
    tellStopped = async () => {};
    warnOfStore(reader);
    return use(scannedBy(scan, reader, model));
  };
  return withModels(read, () => tellStopped());
}

function scannedBy(scan: FolderScan, reader: FileReader, model: ReadingModel): Scanned {
  const { signal } = new AbortController();
  const read = [...scan.files()].map((file) => (file.tokens < FEWEST_TOKENS ? { ...file, z: Number.NaN } : file));
  const files = read.toSorted((a, b) => (b.z || Number.NEGATIVE_INFINITY) - (a.z || Number.NEGATIVE_INFINITY));
  async function* scores(): AsyncGenerator<FileScore> {
    for (const { path } of read) {
      const score = await scan.scoreOf(path, reader, signal);
      if (score) yield score;
    }
  }
  return { model, files, leftOut: scan.leftOut, scores };
}

function warnOfStopped({ progress: { filesRead, files } }: FolderScan, reader: FileReader): void {
  warnOfStore(reader);
  const read = `${formatCount(filesRead)} of ${formatQuantity(files, 'file')}`;
  warn(
    reader.store.trouble
      ? `Stopped. ${read} were read.`
      : `Stopped. ${read} are read and kept; the next run goes on there.`,
  );
}

function scanProgress({ progress }: FolderScan) {
  const { filesRead, files, tokensRead, tokens, ...rate } = progress;
  return { done: tokensRead, total: tokens, scan: { filesRead, files, ...rate } };
}
