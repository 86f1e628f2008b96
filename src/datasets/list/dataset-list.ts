import { basename } from 'node:path';
import type { DatasetFilter, DatasetRow, DatasetSort, DatasetState } from '../../shared/dataset-api';
import { type Sentence, VitrineError } from '../../shared/errors';
import type { TaskProgress } from '../../shared/progress';
import type { DocumentPlace } from '../documents/document-source';
import type { Row } from '../rows/row';
import { rowBeginning } from '../rows/row-beginning';
import { rowsOf } from '../rows/row-file';
import { Scoring, type ScoringParts } from '../scores/scoring';
import { Arrangement } from './arrangement';
import { COLUMNS, type Column, descriptionOf, titleOf } from './columns';
import { linesAsTheyAre, tableOf, writeWhole } from './export';
import { ListedFile } from './listed-file';
import { Summaries } from './summaries';

/** A person sees no more changes a second than that. */
const TOLD_EVERY_MS = 120;

export interface DatasetListParts extends Omit<ScoringParts, 'changed'> {
  path: string;
  /** Told now and then when something has changed. */
  changed(): void;
  /** @returns a sentence for people, in their language */
  text(sentence: Sentence): string;
}

/** A file of one conversation a line, as a list: its rows by number, in any order, filtered and scored. */
export class DatasetList {
  readonly #parts: DatasetListParts;
  readonly #scoring: Scoring;
  readonly #arrangement: Arrangement;
  readonly #summaries: Summaries;
  #listed: ListedFile | undefined;
  #failure: string | undefined;
  #known = 0;
  #saving: (TaskProgress & { controller: AbortController }) | undefined;
  #telling: NodeJS.Timeout | undefined;
  /** When it was told of a change last. */
  #told = Number.NEGATIVE_INFINITY;
  #isDisposed = false;

  constructor(parts: DatasetListParts) {
    this.#parts = parts;
    this.#scoring = new Scoring({ ...parts, changed: () => this.#scoreChanged() });
    this.#arrangement = new Arrangement(this.#scoring.scores, () => this.#changed());
    this.#summaries = new Summaries(this.#scoring.scores, () => this.#changed());
  }

  get state(): DatasetState {
    const scoring = this.#scoring;
    const trouble = scoring.trouble;
    const reading = this.#listed?.file.reading;
    const nothing = { bytes: 0, indexing: undefined, examined: 0, rows: 0, problems: 0 };
    return {
      name: basename(this.#parts.path),
      failure: this.#failure,
      holds: this.#listed?.file.holds ?? 'conversations',
      reading: reading && this.#parts.text(reading),
      ...(this.#listed?.state ?? nothing),
      columns: this.#columns.map((column) => ({
        name: column.name,
        title: this.#parts.text(titleOf(column, scoring.models)),
        description: this.#parts.text(descriptionOf(column, this.#listed?.file.holds)),
        draw: column.draw,
      })),
      ...this.#arrangement.state(this.#listed, scoring.scored),
      known: this.#known,
      scoring: scoring.state,
      scored: scoring.scored,
      modelA: scoring.models?.a.label,
      modelB: scoring.models?.b?.label,
      summaries: this.#summaries.latest.pictures,
      totals: this.#summaries.latest.totals,
      notice: trouble && this.#parts.text(trouble),
      exporting: this.#saving && { done: this.#saving.done, total: this.#saving.total },
    };
  }

  /** Opens the file, or opens it anew where it has changed. First lines are known soon, the rest in the background. */
  async open(): Promise<void> {
    const before = this.#listed;
    this.#listed = undefined;
    void before?.close();
    this.#arrangement.forget();
    this.#summaries.forget();
    this.#failure = undefined;
    try {
      const listed = await ListedFile.open(this.#parts.path);
      if (this.#isDisposed) return await listed.close();
      this.#listed = listed;
      this.#scoring.use(listed.file);
      void this.#read(listed);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Opens it anew where the file on disk is another than is listed. @returns whether it is */
  async renewIfChanged(): Promise<boolean> {
    const listed = this.#listed;
    const isChanged = !listed || (await listed.file.isChanged());
    if (isChanged) await this.open();
    return isChanged;
  }

  async rows(from: number, count: number): Promise<DatasetRow[]> {
    const listed = this.#listed;
    if (!listed) return [];
    const lines = this.#arrangement.lines(listed, from, count);
    this.#scoring.see(lines);
    const rows: DatasetRow[] = [];
    for (const [first, length] of runsOf(lines)) {
      for (const row of await rowsOf(listed.file, first, length)) rows.push(this.#rowOf(row));
    }
    return rows;
  }

  /** The text of a line, counted from 0. @throws VitrineError `dataset.line` where it cannot be read */
  async textOf(line: number): Promise<string> {
    const [found] = this.#listed ? await rowsOf(this.#listed.file, line, 1) : [];
    if (found?.unread) throw new VitrineError('dataset.line', found.unread);
    return found?.text ?? '';
  }

  /** Where a line stands alone in a text that an editor opens. */
  placeOf(line: number): DocumentPlace | undefined {
    return this.#listed?.file.placeOf(line);
  }

  async sort(sort: DatasetSort | undefined): Promise<void> {
    this.#arrangement.sort = sort;
    await this.#arrange();
  }

  async filter(filter: DatasetFilter): Promise<void> {
    this.#arrangement.filter = filter;
    await this.#arrange();
  }

  cancelFilter(): void {
    this.#arrangement.cancel();
  }

  setScoring(isOn: boolean): void {
    if (isOn) this.#scoring.start();
    else this.#scoring.pause();
  }

  /** Other models read now. */
  modelsChanged(): void {
    this.#scoring.forget();
    this.#summaries.forget();
    this.#known++;
    this.#changed();
  }

  /** Writes what is listed: numbers, or the lines as they are. @throws VitrineError; it ends quietly when it is cancelled */
  async save(path: string, format: 'csv' | 'jsonl'): Promise<void> {
    const listed = this.#listed;
    if (!listed) return;
    this.cancelSave();
    const lines = this.#arrangement.all(listed);
    const controller = new AbortController();
    const saving = { done: 0, total: lines.length, controller };
    this.#saving = saving;
    const counted = this.#counted(lines, saving);
    const pieces =
      format === 'csv' ? tableOf(this.#columns, this.#scoring.scores, counted) : linesAsTheyAre(listed.file, counted);
    try {
      await writeWhole(path, pieces, this.#parts.path, controller.signal);
    } catch (error) {
      if (!controller.signal.aborted) throw error;
    } finally {
      if (this.#saving === saving) this.#saving = undefined;
      this.#changed();
    }
  }

  cancelSave(): void {
    this.#saving?.controller.abort();
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    this.cancelSave();
    this.#arrangement.forget();
    this.#summaries.stop();
    this.#scoring.dispose();
    clearTimeout(this.#telling);
    await this.#listed?.close();
  }

  get #columns(): readonly Column[] {
    return COLUMNS.filter(({ isShown }) => isShown(this.#scoring.models, this.#listed?.file.holds));
  }

  async #read(listed: ListedFile): Promise<void> {
    try {
      await listed.read(() => this.#changed());
      // What was filtered or sorted of a part is now of all.
      await this.#arrange();
      this.#scoring.resume();
    } catch (error) {
      if (!listed.isClosed) this.#fail(error);
    }
  }

  async #arrange(): Promise<void> {
    if (!this.#listed) return;
    await this.#arrangement.arrange(this.#listed, this.#scoring.scored);
    this.#renewSummaries();
  }

  #rowOf(row: Row): DatasetRow {
    const { text, ...beginning } = rowBeginning(row);
    const { scores } = this.#scoring;
    const note = this.#scoring.noteOf(row.line);
    return {
      line: row.line,
      ...beginning,
      problem: row.problem && { sentence: this.#parts.text(row.problem), text },
      note: note && this.#parts.text(note),
      values: Float64Array.from(this.#columns, ({ value }) => value(scores, row.line)),
    };
  }

  *#counted(lines: Uint32Array, saving: TaskProgress): Generator<number> {
    for (const [done, line] of lines.entries()) {
      saving.done = done;
      if (done % 1000 === 0) this.#changed();
      yield line;
    }
  }

  #scoreChanged(): void {
    this.#known++;
    this.#renewSummaries();
    this.#changed();
  }

  #renewSummaries(): void {
    this.#summaries.renew(() => (this.#listed ? this.#arrangement.all(this.#listed) : new Uint32Array()));
  }

  #fail(error: unknown): void {
    this.#failure = this.#parts.errorText(error);
    this.#changed();
  }

  #changed(): void {
    if (this.#isDisposed) return;
    const pause = Math.max(0, this.#told + TOLD_EVERY_MS - performance.now());
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      this.#told = performance.now();
      this.#parts.changed();
    }, pause);
  }
}

/** Lines that follow each other are read at once: [first, how many]. */
function runsOf(lines: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last && last[0] + last[1] === line) last[1]++;
    else runs.push([line, 1]);
  }
  return runs;
}
