import { basename } from 'node:path';
import type { Sentence } from '../../shared/errors';
import type { Decision, RemovedDocument } from '../../shared/filters-api';
import type {
  DocumentPair,
  FunnelNeed,
  FunnelReading,
  FunnelState,
  OpenedDocument,
  TokenTotals,
} from '../../shared/funnel-page-api';
import type { ExportKind, Funnel, FunnelEvents, FunnelTask } from '../funnel/funnel-api';
import type { TokenSample } from '../funnel/token-totals';
import { PRESETS, type PresetRule } from '../presets';
import { NowAndThen } from '../work/now-and-then';
import { Choices, type SavedChoices } from './choices';
import { DecisionPace } from './decision-pace';
import { DocumentExport, isCancelled } from './document-export';
import { documentPair } from './document-pair';
import { ModelReading, type ModelReadingParts } from './model-reading';
import { openedDocument } from './opened-document';
import { ruleStates } from './rule-states';

/** Of a histogram. */
const PARTS = 48;

const NOTHING: Decision = {
  all: { documents: 0, bytes: 0 },
  kept: { documents: 0, bytes: 0 },
  removed: new Uint32Array(),
};

export interface FunnelPageParts extends ModelReadingParts {
  path: string;
  /** Where numbers are kept, by content. */
  folder: string;
  /** How long documents are in tokens: some, or all that were counted. Undefined where they cannot be counted. */
  tokenSample(): Promise<TokenSample | undefined>;
  /** What the vocabulary is called in which they are counted. */
  vocabulary(): string;
  /** What was chosen of the rules before. */
  choices?: SavedChoices | undefined;
  /** Told what is chosen whenever something else is. */
  chose(choices: SavedChoices): void;
  /** Starts the thread that reads. */
  start(events: FunnelEvents): Funnel;
  /** Told when other documents may stay. */
  decided(): void;
  /** Told when something has changed. */
  changed(): void;
  /** @returns a sentence for people, in their language */
  text(sentence: Sentence): string;
}

/** What rules make of a data set, as the page of filters shows it: read once, and decided anew with every threshold. */
export class FunnelPage {
  readonly #parts: FunnelPageParts;
  readonly #choices: Choices;
  #funnel: Funnel | undefined;
  /** Of that thread: whether the data set is open in it. */
  #opened: Promise<void> | undefined;
  #reading: FunnelReading = { kind: 'off' };
  #decision = NOTHING;
  readonly #pace = new DecisionPace();
  #tokens: TokenTotals | undefined;
  readonly #histograms = new Map<string, Uint32Array>();
  #questions: string | undefined;
  #revision = 0;
  /** A preset whose numbers are not known, and how many documents would have to be read for them. */
  #wanted: FunnelState['wanted'];
  readonly #export = new DocumentExport(() => this.#changed());
  readonly #model: ModelReading;
  readonly #telling: NowAndThen;

  constructor(parts: FunnelPageParts) {
    this.#parts = parts;
    this.#choices = new Choices(parts.choices);
    this.#telling = new NowAndThen(parts.changed);
    this.#model = new ModelReading(parts, () => this.#modelChanged());
  }

  get state(): FunnelState {
    const { text } = this.#parts;
    const { preset } = this.#choices;
    return {
      presets: PRESETS.map(({ name, title, why }) => ({ name, title: text(title), why: text(why) })),
      preset: preset.name,
      wanted: this.#wanted,
      reading: this.#reading,
      all: this.#decision.all,
      kept: this.#decision.kept,
      tokens: this.#tokens && { ...this.#tokens, vocabulary: this.#parts.vocabulary() },
      rules: ruleStates(this.#choices, {
        decision: this.#decision,
        histograms: this.#histograms,
        needOf: (rule) => this.#needOf(rule),
        reading: this.#model.progress,
        text,
      }),
      questions: this.#questions && basename(this.#questions),
      revision: this.#revision,
      notice: this.#model.trouble,
      exporting: this.#export.progress,
      written: this.#export.written,
    };
  }

  /** Opens the data set, whose numbers may be known from before. What goes wrong is told by its state. */
  async open(): Promise<void> {
    const funnel = this.#started();
    try {
      await this.#opened;
    } catch (error) {
      if (this.#funnel === funnel) await (isCancelled(error) ? this.#leave() : this.#fail(error));
    }
    // Another preset was chosen meanwhile.
    if (this.#funnel && this.#funnel !== funnel) await this.open();
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

  /** Under another preset other numbers are measured: where they are not known, what is there stays until somebody asks for them. */
  async choosePreset(preset: string): Promise<void> {
    this.#want(undefined);
    if (preset === this.#choices.preset.name) return;
    const funnel = this.#funnel;
    if (funnel && this.#decision.all.documents > 0) {
      const { isKnown, documents } = await funnel.knows({ preset });
      if (this.#funnel !== funnel) return;
      if (!isKnown) {
        this.#want({ preset, documents });
        return;
      }
    }
    const isReading = this.#reading.kind === 'working';
    this.#choose(() => this.#choices.choose(preset));
    this.#changed();
    await this.renew();
    if (isReading) await this.read();
  }

  /** Reads all documents by the preset that is wanted. */
  async readWanted(): Promise<void> {
    const wanted = this.#wanted;
    if (!wanted) return;
    this.#want(undefined);
    this.#choose(() => this.#choices.choose(wanted.preset));
    await this.renew();
    await this.read();
  }

  async resetChoices(): Promise<void> {
    this.#choose(() => this.#choices.reset());
    await this.#decide(this.#started());
  }

  /** @param path of test questions, which documents should not contain */
  async useQuestions(path: string): Promise<void> {
    this.#questions = path;
    const isWanted = !['off', 'failed'].includes(this.#reading.kind);
    await this.renew();
    if (isWanted) await this.read();
  }

  /** Begins anew where the data set on disk is another. */
  async renew(): Promise<void> {
    if (!this.#funnel) return;
    await this.#close();
    this.#decision = NOTHING;
    this.#tokens = undefined;
    this.#histograms.clear();
    this.#tell({ kind: 'off' });
    this.#parts.decided();
    await this.open();
  }

  /** Other documents are counted, or in another vocabulary. */
  async tokensChanged(): Promise<void> {
    this.#tokens = undefined;
    this.#changed();
    if (this.#funnel && this.#decision.all.documents > 0) await this.#sumTokens(this.#funnel);
  }

  async setThreshold(measure: string, threshold: number | undefined): Promise<void> {
    this.#choose(() => this.#choices.move(measure, threshold));
    await this.#decide(this.#started());
  }

  async setRule(rule: string, isOn: boolean): Promise<void> {
    this.#choose(() => this.#choices.switch(rule, isOn));
    await this.#decide(this.#started());
  }

  /** The most extreme first: those of a measure, or of all that a rule has. */
  async removed(rule: string, measure: string | undefined, from: number, count: number): Promise<RemovedDocument[]> {
    const own = this.#choices.rules.find(({ filter }) => filter.name === rule)?.filter.measures ?? [];
    const measures = measure === undefined ? own.map(({ name }) => name) : [measure];
    return this.#started().removed({ measures, from, count });
  }

  /** Of each document 1 where it stays, and 0; undefined until all are decided of. */
  async kept(): Promise<Uint8Array | undefined> {
    return this.#reading.kind === 'done' ? this.#funnel?.kept() : undefined;
  }

  /** Of what the rules before it leave, how many documents a rule would remove that is off. */
  async wouldRemove(rule: string): Promise<number> {
    const choices = new Choices(this.#choices.saved);
    choices.switch(rule, true);
    const { removed } = await this.#started().preview(choices.thresholds);
    const measures = choices.rules.flatMap(({ filter }) => filter.measures.map(() => filter.name));
    return measures.reduce((sum, name, place) => (name === rule ? sum + (removed[place] ?? 0) : sum), 0);
  }

  /** @throws VitrineError `dataset.notRemoved` */
  document(index: number): Promise<OpenedDocument> {
    return openedDocument(this.#started(), index, this.#choices.rules, this.#parts.text);
  }

  async pair(left: number, right: number): Promise<DocumentPair> {
    const [a = '', b = ''] = await this.#started().texts({ indexes: [left, right] });
    return documentPair({ index: left, text: a }, { index: right, text: b });
  }

  /** @throws VitrineError; it ends quietly when it is stopped */
  export(kind: ExportKind, path: string): Promise<void> {
    return this.#export.write(this.#started(), kind, path);
  }

  /** The path of the file that was exported last. */
  get writtenPath(): string | undefined {
    return this.#export.written?.path;
  }

  async stopExport(): Promise<void> {
    await this.#funnel?.stop('export');
  }

  /** Has the model in use read what all other rules let through, while nobody waits for it. */
  async readByModel(): Promise<void> {
    const funnel = this.#started();
    const rules = this.#choices.rules.filter(({ filter }) => filter.kind === 'model');
    this.#choose(() => {
      for (const { filter } of rules) this.#choices.switch(filter.name, true);
    });
    this.#model.start(funnel, this.#decision.kept.documents);
    await this.#decide(funnel);
  }

  stopModel(): void {
    this.#model.stop();
    this.#changed();
  }

  async dispose(): Promise<void> {
    this.#telling.end();
    await this.#close();
  }

  #choose(change: () => void): void {
    change();
    this.#parts.chose(this.#choices.saved);
  }

  #want(wanted: FunnelState['wanted']): void {
    this.#wanted = wanted;
    this.#changed();
  }

  /** Nothing is known until somebody asks again. */
  async #leave(): Promise<void> {
    await this.#close();
    this.#tell({ kind: 'off' });
  }

  async #close(): Promise<void> {
    this.#model.forget();
    const funnel = this.#funnel;
    this.#funnel = undefined;
    this.#opened = undefined;
    await funnel?.close();
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
    if (task === 'export') this.#export.show({ done, total });
    else if (kind === 'opening' || kind === 'working') this.#tell({ kind, done, total });
    // Where it ends meanwhile, whoever reads says so.
    if (kind === 'working' && task === 'read' && this.#pace.isDue) this.#decide(funnel).catch(() => {});
  }

  /** So often that numbers are seen to grow, and once more at the end. */
  #modelChanged(): void {
    const isDue = this.#model.progress === undefined || this.#pace.isDue;
    if (this.#funnel && isDue) this.#decide(this.#funnel).catch(() => {});
    this.#changed();
  }

  #decide(funnel: Funnel): Promise<void> {
    return this.#pace.pace(async () => {
      const decision = await funnel.decide(this.#choices.thresholds);
      if (this.#funnel === funnel) await this.#use(decision, funnel);
    });
  }

  async #use(decision: Decision, funnel: Funnel): Promise<void> {
    const isRead = decision.all.documents !== this.#decision.all.documents;
    this.#decision = decision;
    this.#revision++;
    if (this.#reading.kind === 'done') this.#parts.decided();
    // Another threshold moves no number; a model finds ever more.
    if (isRead || this.#model.isAsked) await this.#draw(funnel);
    this.#changed();
    // Where it ends meanwhile, whoever reads says so.
    this.#sumTokens(funnel).catch(() => {});
  }

  async #sumTokens(funnel: Funnel): Promise<void> {
    const sample = await this.#parts.tokenSample();
    if (!sample || this.#funnel !== funnel) return;
    this.#tokens = await funnel.tokens(sample);
    this.#changed();
  }

  async #draw(funnel: Funnel): Promise<void> {
    for (const { name } of this.#choices.rules.flatMap(({ filter }) => filter.measures)) {
      this.#histograms.set(name, await funnel.histogram({ measure: name, parts: PARTS }));
    }
  }

  #needOf({ filter: { name, kind } }: PresetRule): FunnelNeed | undefined {
    if (kind === 'model') return this.#model.isAsked ? undefined : 'model';
    return name === 'contamination' && this.#questions === undefined ? 'questions' : undefined;
  }

  async #stopped(funnel: Funnel): Promise<void> {
    await this.#decide(funnel);
    this.#tell({ kind: 'stopped' });
  }

  /** A thread in which something failed is no longer asked. */
  async #fail(error: unknown): Promise<void> {
    this.#tell({ kind: 'failed', message: this.#parts.errorText(error) });
    await this.#close();
  }

  #changed(): void {
    this.#telling.changed();
  }

  #tell(reading: FunnelReading): void {
    this.#reading = reading;
    this.#changed();
  }
}
