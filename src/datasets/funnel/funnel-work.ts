import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import type {
  DataAmount,
  Decision,
  DuplicateCluster,
  FilterReport,
  LanguageCount,
  NearThreshold,
  RejectedDocument,
  RemovedDocument,
  Thresholds,
} from '../../shared/filters-api';
import type { TokenTotals } from '../../shared/funnel-page-api';
import type { Work } from '../../shared/progress';
import { membersOf } from '../duplicates/clusters';
import { writeWhole } from '../list/export';
import { BYTES_COLUMN } from './columns';
import { type Decided, decide } from './decide';
import { keptLines, removedLines, rewrittenLines } from './export-documents';
import type {
  ExportedData,
  ExportKind,
  Funnel,
  FunnelEvents,
  FunnelOptions,
  FunnelTask,
  ModelNumber,
} from './funnel-api';
import { histogram } from './histogram';
import { languagesOf } from './languages';
import { type MakeRules, MeasuredDataset } from './measured-dataset';
import { numberOf } from './numbers';
import { indexesWhere, orderBy } from './order-by';
import { measuredBy, reasonOf, spansOf } from './rejections';
import { charactersTaken, rewrittenText, type TakenText } from './rewritten-text';
import { type TokenSample, tokenTotals } from './token-totals';

/** Of a document in a list. */
const BEGINNING_UNITS = 300;

/** The work of a funnel, in the thread in which it is called. */
export class FunnelWork<Text> implements Funnel {
  readonly #makeRules: MakeRules<Text>;
  readonly #events: FunnelEvents;
  readonly #running = new Map<FunnelTask, { controller: AbortController; ended: Promise<unknown> }>();
  #dataset: MeasuredDataset<Text> | undefined;
  #decided: Decided | undefined;
  /** Of the last decision, by the place of a measure. */
  readonly #orders = new Map<number, Promise<Uint32Array>>();

  /** Of the last decision: before this one the model has read all that it should. */
  #readBefore = 0;

  constructor(makeRules: MakeRules<Text>, events: FunnelEvents) {
    this.#makeRules = makeRules;
    this.#events = events;
  }

  async open(options: FunnelOptions): Promise<boolean> {
    this.#dataset = await this.#run('open', (work) => MeasuredDataset.open(options, this.#makeRules, work));
    return this.#dataset.isMeasured;
  }

  async reading(): Promise<Sentence> {
    return this.#opened().source.reading;
  }

  async limits(): Promise<Sentence[]> {
    const { filters } = this.#opened().rules;
    return filters.flatMap((filter) => (filter.kind === 'document' ? (filter.limit?.() ?? []) : []));
  }

  async knows({ preset }: { preset: string }): Promise<{ isKnown: boolean; documents: number }> {
    const dataset = this.#opened();
    const isKnown = await this.#run('open', (work) => dataset.knows(preset, this.#makeRules, work));
    return { isKnown, documents: dataset.source.count };
  }

  read(): Promise<void> {
    const dataset = this.#opened();
    return this.#run('read', (work) => dataset.measure(work));
  }

  async stop(task: FunnelTask): Promise<void> {
    this.#running.get(task)?.controller.abort();
  }

  async decide(thresholds: Thresholds): Promise<Decision> {
    this.#decided = decide(this.#opened(), thresholds);
    this.#orders.clear();
    this.#readBefore = 0;
    const { all, kept, removed } = this.#decided;
    return { all, kept, removed };
  }

  async preview(thresholds: Thresholds): Promise<Decision> {
    const { all, kept, removed } = decide(this.#opened(), thresholds);
    return { all, kept, removed };
  }

  async kept(): Promise<Uint8Array> {
    return this.#last().reasons.map((reason) => (reason === 0 ? 1 : 0));
  }

  async tokens(sample: TokenSample): Promise<TokenTotals> {
    const { numbers } = this.#opened();
    return tokenTotals(sample, this.#last(), (index) => numberOf(numbers, BYTES_COLUMN, index));
  }

  async histogram({ measure, parts }: { measure: string; parts: number }): Promise<Uint32Array> {
    return histogram(this.#opened(), measure, parts);
  }

  async languages(): Promise<LanguageCount[]> {
    return languagesOf(this.#opened(), this.#last());
  }

  async removed(request: { measures: readonly string[]; from: number; count: number }): Promise<RemovedDocument[]> {
    return this.#lines(await this.#listed(request));
  }

  async nearThreshold({ measure, count }: { measure: string; count: number }): Promise<NearThreshold> {
    const dataset = this.#opened();
    const place = this.#placeOf(measure);
    const removed = await this.#order(place);
    const kept = await orderBy(dataset, this.#last(), { place, reason: 0 }, new AbortController().signal);
    return {
      removed: await this.#lines(removed.slice(-count).reverse()),
      kept: await this.#lines(kept.subarray(0, count), place),
    };
  }

  async rejected({ from, count }: { from: number; count: number }): Promise<FilterReport['rejected']> {
    const dataset = this.#opened();
    const decided = this.#last();
    await dataset.refuseChanged();
    const indexes: number[] = [];
    for (let index = from; index < decided.reasons.length && indexes.length < count; index++) {
      if (decided.reasons[index] !== 0) indexes.push(index);
    }
    const rejected: FilterReport['rejected'] = [];
    for await (const document of dataset.source.stream(indexes[0] ?? 0, (indexes.at(-1) ?? -1) + 1)) {
      const { index } = document;
      const reason = reasonOf(dataset, decided, index);
      if (reason) rejected.push({ index, ...reason, spans: spansOf(dataset.rules, document, reason) });
    }
    return rejected;
  }

  async rejectedDocument({
    index,
    measure,
  }: {
    index: number;
    measure?: string | undefined;
  }): Promise<RejectedDocument | undefined> {
    const dataset = this.#opened();
    const decided = this.#last();
    const rejection = reasonOf(dataset, decided, index);
    const reason =
      rejection ?? (measure === undefined ? undefined : measuredBy(dataset, decided, index, this.#placeOf(measure)));
    await dataset.refuseChanged();
    const document = await dataset.document(index);
    if (!reason || !document) return undefined;
    const { text, problem } = document;
    return {
      index,
      stays: rejection === undefined,
      text,
      problem,
      ...reason,
      spans: spansOf(dataset.rules, document, reason),
    };
  }

  async cluster({ index, measure }: { index: number; measure: string }): Promise<DuplicateCluster> {
    const firsts = this.#last().clusters.get(this.#placeOf(measure));
    if (!firsts) return { kept: index, members: [index] };
    return { kept: firsts[index] as number, members: membersOf(firsts, index) };
  }

  async texts({ indexes }: { indexes: readonly number[] }): Promise<string[]> {
    const dataset = this.#opened();
    const texts: string[] = [];
    for (const index of indexes) texts.push((await dataset.document(index))?.text ?? '');
    return texts;
  }

  async unread({ count }: { count: number }): Promise<number[]> {
    const dataset = this.#opened();
    const { reasons } = this.#last();
    const isOfModel = dataset.columns.measures.map(({ column }) => column === undefined);
    const unread: number[] = [];
    let index = this.#readBefore;
    for (; index < reasons.length && unread.length < count; index++) {
      const reason = reasons[index] as number;
      if ((reason === 0 || isOfModel[reason - 1]) && !dataset.isReadByModel(index)) unread.push(index);
    }
    this.#readBefore = unread[0] ?? index;
    return unread;
  }

  async setModelNumbers(numbers: readonly ModelNumber[]): Promise<void> {
    for (const number of numbers) this.#opened().setModelNumber(number);
  }

  async taken({ count }: { count: number }): Promise<TakenText & { lookedAt: number }> {
    const kept = indexesWhere(this.#last().reasons, (reason) => reason === 0);
    const lookedAt = Math.min(count, kept.length);
    const total = { documents: 0, characters: 0, bytes: 0 };
    for (let i = 0; i < lookedAt; i++) {
      await this.#rewritten(kept[Math.floor((i * kept.length) / lookedAt)] as number, total);
    }
    return { ...total, lookedAt };
  }

  export({ kind, path }: { kind: ExportKind; path: string }): Promise<ExportedData> {
    const dataset = this.#opened();
    const { source } = dataset;
    const decided = this.#last();
    const isRemoved = kind === 'removed';
    const indexes = indexesWhere(decided.reasons, (reason) => (reason !== 0) === isRemoved);
    return this.#run('export', async (work) => {
      const taken = { documents: 0, characters: 0, bytes: 0 };
      const lines = {
        kept: () => keptLines(source, indexes, work),
        rewritten: () => rewrittenLines(source, indexes, (index) => this.#rewritten(index, taken), work),
        removed: () => removedLines(source, indexes, (index) => reasonOf(dataset, decided, index), work),
      };
      await writeWhole(path, lines[kind](), source.path, work.signal);
      await dataset.refuseChanged();
      const { all, kept } = decided;
      if (kind === 'rewritten') return { documents: kept.documents, bytes: taken.bytes, taken };
      return { ...(isRemoved ? difference(all, kept) : kept), taken: undefined };
    });
  }

  /** A document's text as rules leave it. @param total to which what is taken, and the bytes that are left, are added */
  async #rewritten(index: number, total: TakenText & { bytes: number }): Promise<string> {
    const dataset = this.#opened();
    const document = await dataset.document(index);
    if (!document) return '';
    const text = rewrittenText(dataset.rules, document, this.#last().asked);
    const characters = charactersTaken(document.text, text);
    if (characters > 0) total.documents++;
    total.characters += characters;
    total.bytes += Buffer.byteLength(text);
    return text;
  }

  async close(): Promise<void> {
    for (const { controller } of this.#running.values()) controller.abort();
    await Promise.allSettled(Array.from(this.#running.values(), ({ ended }) => ended));
    await this.#dataset?.close();
  }

  /** One at a time: another of its kind takes its place. @throws AbortError */
  #run<T>(task: FunnelTask, work: (work: Work) => Promise<T>): Promise<T> {
    const before = this.#running.get(task);
    before?.controller.abort();
    const controller = new AbortController();
    const { signal } = controller;
    const start = async () => {
      await Promise.allSettled([before?.ended]);
      signal.throwIfAborted();
      return work({ signal, progress: (done, total) => this.#events.progress(task, done, total) });
    };
    const ended = start();
    this.#running.set(task, { controller, ended });
    return ended;
  }

  #opened(): MeasuredDataset<Text> {
    if (this.#dataset) return this.#dataset;
    throw new VitrineError('dataset.notOpen', sentence`The data set is not open. Open it again.`);
  }

  #last(): Decided {
    this.#decided ??= decide(this.#opened(), {});
    return this.#decided;
  }

  /** Of those that some measures remove, measure by measure, the most extreme first, a part. */
  async #listed({ measures, from, count }: { measures: readonly string[]; from: number; count: number }) {
    const { columns } = this.#opened();
    const listed: number[] = [];
    let skipped = from;
    for (const [place, { measure }] of columns.measures.entries()) {
      if (!measures.includes(measure.name)) continue;
      const order = await this.#order(place);
      listed.push(...order.subarray(skipped, skipped + count - listed.length));
      skipped = Math.max(0, skipped - order.length);
    }
    return listed;
  }

  #placeOf(measure: string): number {
    return this.#opened().columns.measures.findIndex((column) => column.measure.name === measure);
  }

  /** @param place of the measure that they are seen by; without it that which is the reason */
  async #lines(indexes: Iterable<number>, place?: number): Promise<RemovedDocument[]> {
    const dataset = this.#opened();
    const decided = this.#last();
    const lines: RemovedDocument[] = [];
    for (const index of indexes) {
      const reason =
        place === undefined ? reasonOf(dataset, decided, index) : measuredBy(dataset, decided, index, place);
      const document = await dataset.document(index);
      // What a model has not read has no number.
      if (!reason || !document || Number.isNaN(reason.measured)) continue;
      lines.push({ index, beginning: beginningOf(document.text), ...reason });
    }
    return lines;
  }

  #order(place: number): Promise<Uint32Array> {
    const known = this.#orders.get(place);
    if (known) return known;
    const { signal } = new AbortController();
    const order = orderBy(this.#opened(), this.#last(), { place, reason: place + 1 }, signal);
    this.#orders.set(place, order);
    return order;
  }
}

function difference(all: DataAmount, kept: DataAmount): DataAmount {
  return { documents: all.documents - kept.documents, bytes: all.bytes - kept.bytes };
}

/** In one line. */
function beginningOf(text: string): string {
  return text.slice(0, BEGINNING_UNITS).replace(/\s+/g, ' ').trim();
}
