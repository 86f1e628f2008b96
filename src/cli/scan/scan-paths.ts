import type { ModelInfo } from '../../shared/engine-api';
import type { FileScore, LeftOut } from '../../shared/workspace-api';
import { FolderScan } from '../../workspace/folder-scan';
import { type ModelOptions, withModel } from '../session';
import { askedFiles } from './asked-files';
import { openFileReader, warnOfStore } from './file-reader';

/** What has been read. */
export interface Scanned {
  model: ModelInfo;
  /** By z, the largest first; those without one last. */
  files: Omit<FileScore, 'lines'>[];
  leftOut: ReadonlyMap<string, LeftOut>;
  /** With their lines, one after another, as they are now: 100,000 of them have no room in memory. */
  scores(): AsyncGenerator<FileScore>;
}

/**
 * Reads the files of some folders, and some files, all that is as it was from disk. What is said of it is said while the
 * model is there, for a file may change.
 *
 * @throws VitrineError where a path is missing, or the model fails
 */
export async function scanPaths<T>(
  paths: readonly string[],
  options: ModelOptions,
  use: (scanned: Scanned) => Promise<T>,
): Promise<T> {
  const { signal } = new AbortController();
  const found = await askedFiles(paths, signal);
  return withModel(options, async (engine, model, showProgress) => {
    const scan = new FolderScan(process.cwd());
    scan.use(found);
    const reader = await openFileReader(engine, model);
    while (!scan.isDone) {
      showProgress({ stage: 'scan', ...scanProgress(scan) });
      await scan.readNext(reader, signal);
    }
    warnOfStore(reader);
    const files = [...scan.files()].sort(
      (a, b) => (b.z || Number.NEGATIVE_INFINITY) - (a.z || Number.NEGATIVE_INFINITY),
    );
    async function* scores(): AsyncGenerator<FileScore> {
      for (const { path } of scan.files()) {
        const score = await scan.scoreOf(path, reader, signal);
        if (score) yield score;
      }
    }
    return use({ model, files, leftOut: scan.leftOut, scores });
  });
}

function scanProgress({ progress }: FolderScan) {
  const { filesRead, files, tokensRead, tokens, ...rate } = progress;
  return { done: tokensRead, total: tokens, scan: { filesRead, files, ...rate } };
}
