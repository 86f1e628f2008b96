import { basename } from 'node:path';
import type { BackgroundReader } from '../../background/background-reader';
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
import type { TextModel } from '../funnel/bits-per-byte';
import { findsCopies } from '../funnel/columns';
import type { ExportKind, Funnel, FunnelEvents, FunnelTask } from '../funnel/funnel-api';
import { PRESETS, type PresetRule } from '../presets';
import { Choices } from './choices';
import { documentPair } from './document-pair';
import { ModelReading } from './model-reading';
import { ruleStates } from './rule-states';
import { shownPart } from './shown-part';

/** While documents are read, it is decided so often of those that are known. */
const DECIDED_EVERY_MS = 500;
/** Of a histogram. */
const PARTS = 48;
/** Members of a cluster that are listed. */
const MOST_MEMBERS = 100;
/** Of a beginning, in UTF-16 units. */
const BEGINNING_UNITS = 200;

const NOTHING: Decision = {
  all: { documents: 0, bytes: 0 },
  kept: { documents: 0, bytes: 0 },
  removed: new Uint32Array(),
};

export interface FunnelPageParts {
  path: string;
  /** Where numbers are kept, by content. */
  folder: string;
  /** Where what models find is kept. */
  results: string;
  reader: BackgroundReader;
  /** Loads the model in use where it is not. @throws VitrineError */
  model(): Promise<TextModel>;
  /** Starts the thread that reads. */
  start(events: FunnelEvents): Funnel;
  /** Told when something has changed. */
  changed(): void;
  /** @returns a sentence for people, in their language */
  text(sentence: Sentence): string;
  errorText(error: unknown): string;
}

/** What rules make of a data set, as the page of filters shows it: read once, and decided anew with every threshold. */
export class FunnelPage {
  readonly #parts: FunnelPageParts;
  readonly #choices = new Choices();
  #funnel: Funnel | undefined;
  /** Of that thread: whether the data set is open in it. */
  #opened: Promise<void> | undefined;
  #reading: FunnelReading = { kind: 'off' };
  #decision = NOTHING;
  #decidedAt = 0;
  readonly #histograms = new Map<string, Uint32Array>();
  #questions: string | undefined;
  #revision = 0;
  #exporting: TaskProgress | undefined;
  #model: ModelReading | undefined;
  #isModelAsked = false;
  #modelTrouble: string | undefined;

  constructor(parts: FunnelPageParts) {
    this.#parts = parts;
  }

  get state(): FunnelState {
    const { text } = this.#parts;
    const { preset } = this.#choices;
    return {
      presets: PRESETS.map(({ name, title, why }) => ({ name, title: text(title), why: text(why) })),
      preset: preset.name,
      reading: this.#reading,
      all: this.#decision.all,
      kept: this.#decision.kept,
      rules: ruleStates(this.#choices, {
        decision: this.#decision,
        histograms: this.#histograms,
        needOf: (rule) => this.#needOf(rule),
        reading: this.#model?.progress,
        text,
      }),
      questions: this.#questions && basename(this.#questions),
      revision: this.#revision,
      notice: this.#modelTrouble,
      exporting: this.#exporting,
    };
  }

  /** Opens the data set, whose numbers may be known from before. What goes wrong is told by its state. */
  async open(): Promise<void> {
    const funnel = this.#started();
    try {
      await this.#opened;
    } catch (error) {
      if (this.#funnel === funnel) await this.#fail(error);
    }
  }

  /** Measures all documents, on from where it was ended. What goes wrong is told by its state. */
  async read(): Promise<void> {
    await this.open();
    const funnel = this.#funnel;
    if (!funnel || ['working', 'done', 'failed'].includes(this.#reading.kind)) return;
    this.#tell({ kind: 'working', done: this.#decision.all.documents, total: 0 });
    try {
      await funnel.read();
      await this.#decide(funnel);
      if (this.#funnel === funnel) this.#tell({ kind: 'done' });
    } catch (error) {
      if (this.#funnel !== funnel) return;
      if (isCancelled(error)) await this.#stopped(funnel);
      else await this.#fail(error);
    }
  }

  async stopReading(): Promise<void> {
    await this.#funnel?.stop(this.#reading.kind === 'opening' ? 'open' : 'read');
  }

  /** Under another preset other numbers are measured. */
  async choosePreset(preset: string): Promise<void> {
    this.#choices.choose(preset);
    await this.#renewAndRead();
  }

  /** @param path of test questions, which documents should not contain */
  async useQuestions(path: string): Promise<void> {
    this.#questions = path;
    await this.#renewAndRead();
  }

  /** Begins anew where the data set on disk is another. */
  async renew(): Promise<void> {
    if (!this.#funnel) return;
    await this.dispose();
    this.#decision = NOTHING;
    this.#histograms.clear();
    this.#tell({ kind: 'off' });
    await this.open();
  }

  async setThreshold(measure: string, threshold: number | undefined): Promise<void> {
    this.#choices.move(measure, threshold);
    await this.#decide(this.#started());
  }

  async setRule(rule: string, isOn: boolean): Promise<void> {
    this.#choices.switch(rule, isOn);
    await this.#decide(this.#started());
  }

  /** The most extreme first: those of a measure, or of all that a rule has. */
  async removed(rule: string, measure: string | undefined, from: number, count: number): Promise<RemovedDocument[]> {
    const own = this.#choices.rules.find(({ filter }) => filter.name === rule)?.filter.measures ?? [];
    const measures = measure === undefined ? own.map(({ name }) => name) : [measure];
    return this.#started().removed({ measures, from, count });
  }

  /** @throws VitrineError `dataset.notRemoved` */
  async document(index: number): Promise<OpenedDocument> {
    const funnel = this.#started();
    const document = await funnel.rejectedDocument({ index });
    if (!document) {
      throw new VitrineError('dataset.notRemoved', sentence`Document ${index + 1} stays now: no threshold removes it.`);
    }
    return { ...document, ...shownPart(document), cluster: await this.#cluster(funnel, document) };
  }

  async pair(left: number, right: number): Promise<DocumentPair> {
    const [a = '', b = ''] = await this.#started().texts({ indexes: [left, right] });
    return documentPair({ index: left, text: a }, { index: right, text: b });
  }

  /** @throws VitrineError; it ends quietly when it is stopped */
  async export(kind: ExportKind, path: string): Promise<void> {
    this.#showExport({ done: 0, total: 0 });
    try {
      await this.#started().export({ kind, path });
    } catch (error) {
      if (!isCancelled(error)) throw error;
    } finally {
      this.#showExport(undefined);
    }
  }

  async stopExport(): Promise<void> {
    await this.#funnel?.stop('export');
  }

  /** Has the model in use read what all other rules let through, while nobody waits for it. */
  async readByModel(): Promise<void> {
    const funnel = this.#started();
    this.stopModel();
    this.#isModelAsked = true;
    this.#modelTrouble = undefined;
    for (const { filter } of this.#choices.rules) if (filter.kind === 'model') this.#choices.switch(filter.name, true);
    const model = new ModelReading({
      funnel,
      model: this.#parts.model,
      folder: this.#parts.results,
      total: this.#decision.kept.documents,
      changed: () => this.#model === model && this.#modelRead(funnel),
      ended: (error) => this.#model === model && this.#modelEnded(error),
    });
    this.#model = model;
    this.#parts.reader.add(model);
    await this.#decide(funnel);
  }

  stopModel(): void {
    if (this.#model) this.#parts.reader.remove(this.#model);
    this.#model = undefined;
    this.#parts.changed();
  }

  async dispose(): Promise<void> {
    if (this.#model) this.#parts.reader.remove(this.#model);
    this.#model = undefined;
    this.#isModelAsked = false;
    const funnel = this.#funnel;
    this.#funnel = undefined;
    this.#opened = undefined;
    await funnel?.close();
  }

  async #renewAndRead(): Promise<void> {
    const isWanted = !['off', 'failed'].includes(this.#reading.kind);
    await this.renew();
    if (isWanted) await this.read();
  }

  #started(): Funnel {
    if (this.#funnel) return this.#funnel;
    const funnel = this.#parts.start({
      progress: (...report) => this.#funnel === funnel && this.#progress(funnel, ...report),
    });
    this.#funnel = funnel;
    this.#opened = this.#openIn(funnel);
    return funnel;
  }

  async #openIn(funnel: Funnel): Promise<void> {
    const { path, folder } = this.#parts;
    const preset = this.#choices.preset.name;
    this.#tell({ kind: 'opening', done: 0, total: 0 });
    const isKnown = await funnel.open({ path, folder, preset, questions: this.#questions });
    if (this.#funnel !== funnel) return;
    if (isKnown) await this.#decide(funnel);
    this.#tell({ kind: isKnown ? 'done' : 'off' });
  }

  #progress(funnel: Funnel, task: FunnelTask, done: number, total: number): void {
    const { kind } = this.#reading;
    if (task === 'export') this.#showExport({ done, total });
    else if (kind === 'opening' || kind === 'working') this.#tell({ kind, done, total });
    const isDue = performance.now() > this.#decidedAt + DECIDED_EVERY_MS;
    // Where it ends meanwhile, whoever reads says so.
    if (kind === 'working' && task === 'read' && isDue) this.#decide(funnel).catch(() => {});
  }

  #modelRead(funnel: Funnel): void {
    this.#parts.changed();
    if (performance.now() > this.#decidedAt + DECIDED_EVERY_MS) this.#decide(funnel).catch(() => {});
  }

  async #decide(funnel: Funnel): Promise<void> {
    this.#decidedAt = performance.now();
    const decision = await funnel.decide(this.#choices.thresholds);
    if (this.#funnel !== funnel) return;
    const isRead = decision.all.documents !== this.#decision.all.documents;
    this.#decision = decision;
    this.#revision++;
    // Another threshold moves no number; a model finds ever more.
    if (isRead || this.#isModelAsked) await this.#draw(funnel);
    this.#parts.changed();
  }

  async #draw(funnel: Funnel): Promise<void> {
    for (const { name } of this.#choices.rules.flatMap(({ filter }) => filter.measures)) {
      this.#histograms.set(name, await funnel.histogram({ measure: name, parts: PARTS }));
    }
  }

  async #cluster(funnel: Funnel, { index, reason }: RejectedDocument): Promise<ClusterMembers | undefined> {
    const rule = this.#choices.rules.find(({ filter }) => filter.measures.some(({ name }) => name === reason));
    if (!rule || !findsCopies(rule.filter)) return undefined;
    const { kept, members } = await funnel.cluster({ index, measure: reason });
    const listed = members.slice(0, MOST_MEMBERS);
    const texts = await funnel.texts({ indexes: listed });
    const beginnings = texts.map((text) => text.slice(0, BEGINNING_UNITS).replaceAll(/\s+/g, ' '));
    return { kept, members: listed, size: members.length, beginnings };
  }

  #needOf({ filter: { name, kind } }: PresetRule): FunnelNeed | undefined {
    if (kind === 'model') return this.#isModelAsked ? undefined : 'model';
    return name === 'contamination' && this.#questions === undefined ? 'questions' : undefined;
  }

  #modelEnded(error: unknown): void {
    this.#model = undefined;
    if (error !== undefined) this.#modelTrouble = this.#parts.errorText(error);
    if (this.#funnel) this.#decide(this.#funnel).catch(() => {});
    this.#parts.changed();
  }

  async #stopped(funnel: Funnel): Promise<void> {
    await this.#decide(funnel);
    this.#tell({ kind: 'stopped' });
  }

  /** A thread in which something failed is no longer asked. */
  async #fail(error: unknown): Promise<void> {
    this.#tell({ kind: 'failed', message: this.#parts.errorText(error) });
    await this.dispose();
  }

  #tell(reading: FunnelReading): void {
    this.#reading = reading;
    this.#parts.changed();
  }

  #showExport(exporting: TaskProgress | undefined): void {
    this.#exporting = exporting;
    this.#parts.changed();
  }
}

const isCancelled = (error: unknown) => error instanceof VitrineError && error.code === 'task.cancelled';
