import { existsSync } from 'node:fs';
import { sentence, VitrineError } from '../../shared/errors';
import type { Work } from '../../shared/progress';
import type { DatasetDocument, DocumentSource } from '../documents/document-source';
import { openSource } from '../documents/open-source';
import type { Copies } from '../duplicates/clusters';
import { pagedBytes, pagedFloats } from '../file/paged-numbers';
import type { FilterWords } from '../filters/filter';
import { Columns } from './columns';
import type { Measured } from './decide';
import type { FunnelOptions, ModelNumber } from './funnel-api';
import { copiesAmong, measureDocuments, type Rules, withSimilarities } from './measure-documents';
import type { Numbers } from './numbers';
import { NumbersFile } from './numbers-file';
import { finishNumbers, numbersPath, openNumbers, orNotKept } from './numbers-folder';
import { UnfinishedNumbers } from './unfinished-numbers';

/** Makes the filters anew: those that hold documents against each other remember what they have seen. */
export type MakeRules<Text> = (options: FunnelOptions, signal: AbortSignal) => Promise<Rules<Text>>;

/** A data set that is open, with what rules measure of its documents. */
export class MeasuredDataset<Text> implements Measured {
  readonly source: DocumentSource;
  readonly #options: FunnelOptions;
  readonly #path: string;
  readonly #modelNumbers = pagedFloats();
  readonly #isRead = pagedBytes();
  readonly modelNumber = (index: number): number => this.#modelNumbers.get(index) ?? Number.NaN;
  readonly rules: Rules<Text>;
  readonly columns: Columns;
  #numbers: NumbersFile | UnfinishedNumbers;
  #copies: ReadonlyMap<FilterWords, Copies>;

  private constructor(
    source: DocumentSource,
    options: FunnelOptions,
    own: { rules: Rules<Text>; columns: Columns; path: string; numbers: NumbersFile | UnfinishedNumbers },
  ) {
    this.source = source;
    this.#options = options;
    this.#path = own.path;
    this.rules = own.rules;
    this.columns = own.columns;
    this.#numbers = own.numbers;
    const found = own.numbers instanceof NumbersFile ? own.numbers.footer.copies : [];
    const finding = own.rules.filters.filter(({ kind }) => kind === 'copies');
    this.#copies = new Map(found.map((copies, i) => [finding[i] as FilterWords, copies]));
  }

  /** @throws VitrineError, AbortError */
  static async open<Text>(
    options: FunnelOptions,
    makeRules: MakeRules<Text>,
    work: Work,
  ): Promise<MeasuredDataset<Text>> {
    const source = await openSource(options.path);
    try {
      await source.index(work);
      const rules = await makeRules(options, work.signal);
      const columns = new Columns(rules.filters);
      const path = await numbersPath(source, options, columns, work.signal);
      const numbers = await openNumbers(path, options.folder, columns);
      return new MeasuredDataset(source, options, { rules, columns, path, numbers });
    } catch (error) {
      await source.close();
      throw error;
    }
  }

  get numbers(): Numbers {
    return this.#numbers;
  }

  get copies(): ReadonlyMap<FilterWords, Copies> {
    return this.#copies;
  }

  /** Whether all documents are measured. */
  get isMeasured(): boolean {
    return this.#numbers instanceof NumbersFile;
  }

  /** Whether all documents are measured under another preset. @throws VitrineError, AbortError */
  async knows(preset: string, makeRules: MakeRules<Text>, { signal }: Work): Promise<boolean> {
    const options = { ...this.#options, preset };
    const { filters } = await makeRules(options, signal);
    return existsSync(await numbersPath(this.source, options, new Columns(filters), signal));
  }

  /** Whether a model has read a document, which may have given no number. */
  isReadByModel(index: number): boolean {
    return this.#isRead.get(index) === 1;
  }

  setModelNumber({ index, value }: ModelNumber): void {
    this.#isRead.set(index, 1);
    this.#modelNumbers.set(index, value);
  }

  /** Measures all documents, on from where it was ended, by whomever. @throws VitrineError, AbortError */
  async measure(work: Work): Promise<void> {
    const unfinished = this.#numbers;
    if (unfinished instanceof NumbersFile) return;
    const { source, rules, columns } = this;
    const check = () => this.#refuseChangedNumbers(unfinished);
    await orNotKept(this.#options.folder, () => measureDocuments(source, rules, columns, unfinished, check, work));
    const copies = await orNotKept(this.#options.folder, () => copiesAmong(rules.filters, columns, unfinished, work));
    const numbers = withSimilarities(unfinished, columns, copies);
    this.#numbers = await orNotKept(this.#options.folder, () =>
      finishNumbers(this.#path, numbers, columns, [...copies.values()]),
    );
    this.#copies = copies;
    unfinished.clear();
    await unfinished.close();
  }

  /** Undefined where it is no longer there. */
  async document(index: number): Promise<DatasetDocument | undefined> {
    for await (const document of this.source.stream(index, index + 1)) return document;
    return undefined;
  }

  /** @throws VitrineError `dataset.changed` where its file is no longer the one that was opened */
  async refuseChanged(): Promise<void> {
    if (!(await this.source.isChanged())) return;
    throw new VitrineError(
      'dataset.changed',
      sentence`${this.source.path} has changed while it was read. Open it again.`,
    );
  }

  async close(): Promise<void> {
    const numbers = this.#numbers;
    if (numbers instanceof UnfinishedNumbers) await this.#refuseChangedNumbers(numbers).catch(() => {});
    await numbers.close();
    await this.source.close();
  }

  /** Nothing is kept that may have been read of something else. @throws VitrineError `dataset.changed` */
  async #refuseChangedNumbers(unfinished: UnfinishedNumbers): Promise<void> {
    try {
      await this.refuseChanged();
    } catch (error) {
      unfinished.clear();
      throw error;
    }
  }
}
