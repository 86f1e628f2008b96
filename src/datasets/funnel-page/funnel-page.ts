import { basename } from 'node:path';
import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import type { Decision, RejectedDocument, RemovedDocument } from '../../shared/filters-api';
import type {
  ClusterMembers,
  DocumentPair,
  FunnelNeed,
  FunnelReading,
  FunnelState,
  OpenedDocument,
} from '../../shared/funnel-page-api';
import type { TaskProgress } from '../../shared/progress';
import type { Filter } from '../filters/filter';
import { findsCopies } from '../funnel/columns';
import type { ExportKind, FunnelCalls, FunnelEvents } from '../funnel/funnel-api';
import { Choices, type PresetWords } from './choices';
import { documentPair } from './document-pair';
import { ruleStates } from './rule-states';
import { shownPart } from './shown-part';

/** While documents are read, it is decided so often of those that are known. */
const DECIDED_EVERY_MS = 500;
/** Of a histogram. */
const PARTS = 48;
/** Members of a cluster that are listed. */
const MOST_MEMBERS = 100;
/** Of a beginning, in characters. */
const BEGINNING = 200;

const NOTHING: Decision = {
  all: { documents: 0, bytes: 0 },
  kept: { documents: 0, bytes: 0 },
  removed: new Uint32Array(),
};

export interface FunnelPageParts {
  path: string;
  /** Where numbers are kept, by content. */
  folder: string;
  presets: readonly [PresetWords, ...PresetWords[]];
  /** Starts the thread that reads. */
  start(events: FunnelEvents): FunnelCalls & { end(): Promise<void> };
  /** Told when something has changed. */
  changed(): void;
  /** @returns a sentence for people, in their language */
  text(sentence: Sentence): string;
  errorText(error: unknown): string;
}

/** What rules make of a data set, as the page of filters shows it: read once, and decided anew with every threshold. */
export class FunnelPage {
  readonly #parts: FunnelPageParts;
  readonly #choices: Choices;
  #thread: ReturnType<FunnelPageParts['start']> | undefined;
  /** What is open in the thread, once it is. */
  #opened: Promise<FunnelCalls> | undefined;
  #reading: FunnelReading = { kind: 'off' };
  #decision = NOTHING;
  #histograms = new Map<string, Uint32Array>();
  #questions: string | undefined;
  #revision = 0;
  #exporting: TaskProgress | undefined;
  #decidedAt = 0;

  constructor(parts: FunnelPageParts) {
    this.#parts = parts;
    this.#choices = new Choices(parts.presets);
  }

  get state(): FunnelState {
    const { text } = this.#parts;
    const { presets, preset } = this.#choices;
    return {
      presets: presets.map(({ name, title, why }) => ({ name, title: text(title), why: text(why) })),
      preset: preset.name,
      reading: this.#reading,
      all: this.#decision.all,
      kept: this.#decision.kept,
      tokens: undefined,
      rules: ruleStates(this.#choices, {
        decision: this.#decision,
        histograms: this.#histograms,
        needOf: (rule) => this.#needOf(rule),
        text,
      }),
      questions: this.#questions && basename(this.#questions),
      revision: this.#revision,
      notices: [],
      exporting: this.#exporting,
    };
  }

  /** Opens the data set, whose numbers may be known from before. */
  async open(): Promise<void> {
    await this.#calls();
  }

  /** Measures all documents, on from where it was ended. */
  async read(): Promise<void> {
    if (this.#isReading) return;
    this.#tell({ kind: 'working', done: 0, total: 0 });
    try {
      const calls = await this.#calls();
      await calls.read();
      await this.#decide();
      this.#tell({ kind: 'done' });
    } catch (error) {
      // Whoever ends it has said so.
      if (this.#isReading) this.#fail(error);
    }
  }

  async stop(): Promise<void> {
    if (this.#reading.kind !== 'working') return;
    this.#tell({ ...this.#reading, kind: 'stopped' });
    await this.#thread?.stop();
    await this.#decide();
  }

  /** Under another preset other numbers are measured. */
  async choosePreset(preset: string): Promise<void> {
    const isRead = this.#reading.kind !== 'off';
    this.#choices.choose(preset);
    await this.renew();
    if (isRead) await this.read();
  }

  async chooseQuestions(path: string): Promise<void> {
    this.#questions = path;
    await this.renew();
    await this.read();
  }

  async setThreshold(measure: string, threshold: number): Promise<void> {
    this.#choices.move(measure, threshold);
    await this.#decide();
  }

  async setRule(rule: string, isOn: boolean): Promise<void> {
    this.#choices.switch(rule, isOn);
    await this.#decide();
  }

  /** The most extreme first: those of a measure, or of all that a rule has. */
  async removed(rule: string, measure: string | undefined, from: number, count: number): Promise<RemovedDocument[]> {
    const own = this.#choices.preset.filters.find(({ name }) => name === rule)?.measures ?? [];
    const measures = measure === undefined ? own.map(({ name }) => name) : [measure];
    return (await this.#calls()).removed({ measures, from, count });
  }

  /** @throws VitrineError `dataset.notRemoved` */
  async document(index: number): Promise<OpenedDocument> {
    const calls = await this.#calls();
    const document = await calls.rejectedDocument({ index });
    if (!document) {
      throw new VitrineError('dataset.notRemoved', sentence`Document ${index + 1} stays now: no threshold removes it.`);
    }
    const cluster = await this.#cluster(calls, document);
    return { ...document, ...shownPart(document), cluster };
  }

  async pair(left: number, right: number): Promise<DocumentPair> {
    const [a = '', b = ''] = await (await this.#calls()).texts({ indexes: [left, right] });
    return documentPair({ index: left, text: a }, { index: right, text: b });
  }

  /** @throws VitrineError; it ends quietly when it is stopped */
  async export(kind: ExportKind, path: string): Promise<void> {
    const calls = await this.#calls();
    this.#exporting = { done: 0, total: this.#decision.all.documents };
    this.#parts.changed();
    try {
      await calls.export({ kind, path });
    } catch (error) {
      if (this.#exporting) throw error;
    } finally {
      this.#exporting = undefined;
      this.#parts.changed();
    }
  }

  async stopExport(): Promise<void> {
    this.#exporting = undefined;
    await this.#thread?.stop();
  }

  /** Begins anew, where other numbers are wanted or the data set on disk is another. */
  async renew(): Promise<void> {
    await this.dispose();
    this.#decision = NOTHING;
    this.#histograms.clear();
    this.#tell({ kind: 'off' });
    await this.open();
  }

  async dispose(): Promise<void> {
    const thread = this.#thread;
    this.#thread = undefined;
    this.#opened = undefined;
    await thread?.end();
  }

  get #isReading(): boolean {
    return this.#reading.kind === 'working';
  }

  #calls(): Promise<FunnelCalls> {
    this.#opened ??= this.#open();
    return this.#opened;
  }

  async #open(): Promise<FunnelCalls> {
    const { path, folder, start } = this.#parts;
    const thread = start({ progress: (done, total) => this.#progress(done, total) });
    this.#thread = thread;
    try {
      const { name } = this.#choices.preset;
      const isKnown = await thread.open({ path, folder, preset: name, questions: this.#questions });
      if (isKnown) {
        await this.#decideBy(thread);
        this.#tell({ kind: 'done' });
      }
      return thread;
    } catch (error) {
      this.#opened = undefined;
      this.#fail(error);
      throw error;
    }
  }

  #progress(done: number, total: number): void {
    if (this.#exporting) this.#exporting = { done, total };
    else if (this.#reading.kind === 'working') this.#reading = { kind: 'working', done, total };
    this.#parts.changed();
    if (this.#reading.kind !== 'working' || performance.now() < this.#decidedAt + DECIDED_EVERY_MS) return;
    void this.#decide().catch(() => {});
  }

  async #decide(): Promise<void> {
    if (this.#opened) await this.#decideBy(await this.#opened);
  }

  async #decideBy(calls: FunnelCalls): Promise<void> {
    this.#decidedAt = performance.now();
    const before = this.#decision.all.documents;
    this.#decision = await calls.decide(this.#choices.thresholds);
    // Another threshold moves no number.
    if (this.#decision.all.documents !== before) await this.#draw(calls);
    this.#revision++;
    this.#parts.changed();
  }

  async #draw(calls: FunnelCalls): Promise<void> {
    for (const { name } of this.#choices.preset.filters.flatMap(({ measures }) => measures)) {
      this.#histograms.set(name, await calls.histogram({ measure: name, parts: PARTS }));
    }
  }

  async #cluster(calls: FunnelCalls, { index, reason }: RejectedDocument): Promise<ClusterMembers | undefined> {
    const rule = this.#choices.preset.filters.find(({ measures }) => measures.some(({ name }) => name === reason));
    if (!rule || !findsCopies(rule)) return undefined;
    const { kept, members } = await calls.cluster({ index, measure: reason });
    const listed = members.slice(0, MOST_MEMBERS);
    const texts = await calls.texts({ indexes: listed });
    const beginnings = texts.map((text) => text.slice(0, BEGINNING).replaceAll(/\s+/g, ' '));
    return { kept, members: listed, size: members.length, beginnings };
  }

  #needOf(rule: Filter<never>): FunnelNeed | undefined {
    if (rule.name === 'contamination' && this.#questions === undefined) return 'questions';
    return undefined;
  }

  #tell(reading: FunnelReading): void {
    this.#reading = reading;
    this.#parts.changed();
  }

  #fail(error: unknown): void {
    this.#tell({ kind: 'failed', message: this.#parts.errorText(error) });
  }
}
