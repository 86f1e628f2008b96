import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { VitrineError } from '../../shared/errors';
import type { WrittenFile } from '../../shared/funnel-page-api';
import type { TaskProgress } from '../../shared/progress';
import type { ExportKind, Funnel } from '../funnel/funnel-api';

/** How documents are written into a file, one export at a time, and what was written last. */
export class DocumentExport {
  readonly #changed: () => void;
  #progress: TaskProgress | undefined;
  #written: (WrittenFile & { path: string }) | undefined;

  /** @param changed is called when it has come further, and when it ends */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** While it writes. */
  get progress(): TaskProgress | undefined {
    return this.#progress;
  }

  /** The file that was written last. */
  get written(): (WrittenFile & { path: string }) | undefined {
    return this.#written;
  }

  /** @throws VitrineError; it ends quietly when it is stopped */
  async write(funnel: Funnel, kind: ExportKind, path: string): Promise<void> {
    this.#written = undefined;
    this.show({ done: 0, total: 0 });
    try {
      const { documents } = await funnel.export({ kind, path });
      this.#written = { path, name: basename(path), documents, bytes: (await stat(path)).size };
    } catch (error) {
      if (!isCancelled(error)) throw error;
    } finally {
      this.show(undefined);
    }
  }

  show(progress: TaskProgress | undefined): void {
    this.#progress = progress;
    this.#changed();
  }
}

/** Whether somebody has stopped what failed with this. */
export const isCancelled = (error: unknown) => error instanceof VitrineError && error.code === 'task.cancelled';
