import { sentence, VitrineError } from '../../shared/errors';
import type { Work } from '../../shared/progress';
import type { DatasetDocument, DocumentSource } from '../documents/document-source';
import { openSource } from '../documents/open-source';
import type { Copies } from '../duplicates/clusters';
import { pagedBytes, pagedFloats } from '../file/paged-numbers';
import type { FilterWords } from '../filters/filter';
import { Columns, findsCopies } from './columns';
import type { Measured } from './decide';
import type { FunnelOptions, ModelNumber } from './funnel-api';
import { finishMeasuring, measureDocuments, type Rules } from './measure-documents';
import type { NumbersFile } from './numbers-file';
import { numbersPath, openNumbers, orNotKept } from './numbers-folder';

/** Makes the filters anew: those that hold documents against each other remember what they have seen. */
export type MakeRules<Text> = (options: FunnelOptions) => Promise<Rules<Text>>;

/** A data set that is open, with what rules measure of its documents. */
export class MeasuredDataset<Text> implements Measured {
  readonly source: DocumentSource;
  readonly #options: FunnelOptions;
  readonly #makeRules: MakeRules<Text>;
  readonly #path: string;
  readonly #modelNumbers = pagedFloats();
  readonly #isRead = pagedBytes();
  readonly modelNumber = (index: number): number => this.#modelNumbers.get(index) ?? Number.NaN;
  #rules: Rules<Text>;
  #columns: Columns;
  #numbers: NumbersFile;
  #copies: Map<FilterWords, Copies>;

  private constructor(
    source: DocumentSource,
    options: FunnelOptions,
    makeRules: MakeRules<Text>,
    own: { rules: Rules<Text>; columns: Columns; path: string; numbers: NumbersFile },
  ) {
    this.source = source;
    this.#options = options;
    this.#makeRules = makeRules;
    this.#path = own.path;
    this.#rules = own.rules;
    this.#columns = own.columns;
    this.#numbers = own.numbers;
    this.#copies = copiesOf(own.rules, own.numbers.footer?.copies ?? []);
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
      const rules = await makeRules(options);
      const columns = new Columns(rules.filters);
      const path = await numbersPath(source, options, columns, work.signal);
      const numbers = await openNumbers(path, options.folder, columns.count);
      return new MeasuredDataset(source, options, makeRules, { rules, columns, path, numbers });
    } catch (error) {
      await source.close();
      throw error;
    }
  }

  get rules(): Rules<Text> {
    return this.#rules;
  }

  get columns(): Columns {
    return this.#columns;
  }

  get numbers(): NumbersFile {
    return this.#numbers;
  }

  get copies(): ReadonlyMap<FilterWords, Copies> {
    return this.#copies;
  }

  /** Whether all documents are measured. */
  get isMeasured(): boolean {
    return this.#numbers.footer !== undefined;
  }

  /** Whether a model has read a document, which may have given no number. */
  isReadByModel(index: number): boolean {
    return this.#isRead.get(index) === 1;
  }

  setModelNumber({ index, value }: ModelNumber): void {
    this.#isRead.set(index, 1);
    this.#modelNumbers.set(index, value);
  }

  /** Measures all documents, on from where it was ended. @throws VitrineError, AbortError */
  async measure(work: Work): Promise<void> {
    if (this.isMeasured) return;
    const { source } = this;
    const { folder } = this.#options;
    try {
      await orNotKept(folder, () => measureDocuments(source, this.#rules, this.#columns, this.#numbers, work));
      const copies = await finishMeasuring(this.#rules.filters, this.#columns, this.#numbers, work);
      await this.refuseChanged();
      this.#copies = copiesOf(this.#rules, copies);
      await orNotKept(folder, () => this.#numbers.finish({ copies }));
    } catch (error) {
      if (!work.signal.aborted) await this.#forget();
      throw error;
    }
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
    await this.#numbers.close();
    await this.source.close();
  }

  /** Of what failed nothing is kept, and it can be measured once more. */
  async #forget(): Promise<void> {
    await this.#numbers.close();
    this.#rules = await this.#makeRules(this.#options);
    this.#columns = new Columns(this.#rules.filters);
    this.#numbers = await openNumbers(this.#path, this.#options.folder, this.#columns.count);
    this.#copies = copiesOf(this.#rules, []);
  }
}

function copiesOf<Text>({ filters }: Rules<Text>, copies: readonly Copies[]): Map<FilterWords, Copies> {
  const finding = filters.filter(findsCopies);
  return new Map(copies.map((found, i) => [finding[i] as FilterWords, found]));
}
