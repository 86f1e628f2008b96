import { basename } from 'node:path';
import { type Sentence, sentence, VitrineError } from '../../shared/errors';
import type { NearThreshold, RemovedDocument } from '../../shared/filters-api';
import type { DocumentPair, FunnelNeed, FunnelState, OpenedDocument } from '../../shared/funnel-page-api';
import type { ExportKind, Funnel } from '../funnel/funnel-api';
import type { TokenSample } from '../funnel/token-totals';
import { PRESETS, type PresetRule } from '../presets';
import { NowAndThen } from '../work/now-and-then';
import { Choices, type SavedChoices } from './choices';
import { DatasetReading, type DatasetReadingParts } from './dataset-reading';
import { DecisionPace } from './decision-pace';
import { DocumentExport } from './document-export';
import { documentPair } from './document-pair';
import { KnownDocuments } from './known-documents';
import { ModelReading, type ModelReadingParts } from './model-reading';
import { openedDocument } from './opened-document';
import { ruleStates } from './rule-states';

export interface FunnelPageParts extends DatasetReadingParts, ModelReadingParts {
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
  /** Told when other documents may stay. */
  decided(): void;
  /** Told when something has changed. */
  changed(): void;
  /** @returns a sentence for people, in their language */
  text(sentence: Sentence): string;
}

const CHANGED = sentence`The data set has changed since it was read, so nothing of it is known any more.`;

/** What rules make of a data set, as the page of filters shows it: read once, and decided anew with every threshold. */
export class FunnelPage {
  readonly #parts: FunnelPageParts;
  readonly #choices: Choices;
  readonly #reading: DatasetReading;
  readonly #known = new KnownDocuments();
  readonly #pace = new DecisionPace();
  #revision = 0;
  /** A preset whose numbers are not known, and how many documents would have to be read for them. */
  #wanted: FunnelState['wanted'];
  /** Why a file of questions is not looked at, or why nothing is known any more. */
  #notice: string | undefined;
  readonly #export = new DocumentExport(() => this.#changed());
  readonly #model: ModelReading;
  readonly #telling: NowAndThen;

  constructor(parts: FunnelPageParts) {
    this.#parts = parts;
    this.#choices = new Choices(parts.choices);
    this.#telling = new NowAndThen(parts.changed);
    this.#model = new ModelReading(parts, () => this.#modelChanged());
    const { path, folder } = parts;
    const choices = this.#choices;
    this.#reading = new DatasetReading(parts, {
      get options() {
        return { path, folder, preset: choices.preset.name, questions: choices.questions };
      },
      takesBack: (error) => this.#takesBackQuestions(error),
      decide: (funnel) => this.#decide(funnel),
      grown: (funnel) => this.#decideWhenDue(funnel),
      exporting: (progress) => this.#export.show(progress),
      closed: () => this.#model.forget(),
      changed: () => this.#changed(),
    });
  }

  get state(): FunnelState {
    const { text } = this.#parts;
    const { preset, questions } = this.#choices;
    const { decision, tokens, histograms } = this.#known;
    return {
      presets: PRESETS.map(({ name, title, why }) => ({ name, title: text(title), why: text(why) })),
      preset: preset.name,
      wanted: this.#wanted,
      reading: this.#reading.state,
      all: decision.all,
      kept: decision.kept,
      tokens: tokens && { ...tokens, vocabulary: this.#parts.vocabulary() },
      rules: ruleStates(this.#choices, {
        decision,
        histograms,
        needOf: (rule) => this.#needOf(rule),
        reading: this.#model.progress,
        text,
      }),
      questions: questions && basename(questions),
      revision: this.#revision,
      notice: this.#model.trouble ?? this.#notice,
      exporting: this.#export.progress,
      written: this.#export.written,
    };
  }

  /** Opens the data set, whose numbers may be known from before. What goes wrong is told by its state. */
  open(): Promise<void> {
    return this.#reading.open();
  }

  /** Measures all documents, on from where it was ended. What goes wrong is told by its state. */
  read(): Promise<void> {
    this.#notice = undefined;
    return this.#reading.read();
  }

  stopReading(): Promise<void> {
    return this.#reading.stop();
  }

  /** Under another preset other numbers are measured: where they are not known, what is there stays until somebody asks for them. */
  async choosePreset(preset: string): Promise<void> {
    this.#want(undefined);
    if (preset === this.#choices.preset.name) return;
    const { funnel, state } = this.#reading;
    if (funnel && !this.#known.isEmpty) {
      const { isKnown, documents } = await funnel.knows({ preset });
      if (this.#reading.funnel !== funnel) return;
      if (!isKnown) {
        this.#want({ preset, documents });
        return;
      }
    }
    this.#choose(() => this.#choices.choose(preset));
    this.#changed();
    await this.#renew();
    if (state.kind === 'working') await this.read();
  }

  /** Reads all documents by the preset that is wanted. */
  async readWanted(): Promise<void> {
    const wanted = this.#wanted;
    if (!wanted) return;
    this.#want(undefined);
    this.#choose(() => this.#choices.choose(wanted.preset));
    await this.#renew();
    await this.read();
  }

  async resetChoices(): Promise<void> {
    this.#choose(() => this.#choices.reset());
    await this.#decide(this.#reading.started);
  }

  /** @param path of test questions, which documents should not contain */
  async useQuestions(path: string): Promise<void> {
    this.#notice = undefined;
    this.#choose(() => this.#choices.useQuestions(path));
    const isWanted = !['off', 'failed'].includes(this.#reading.state.kind);
    await this.#renew();
    if (isWanted) await this.read();
  }

  /** Begins anew where the data set on disk is another. */
  async renew(): Promise<void> {
    const wasKnown = !this.#known.isEmpty;
    await this.#renew();
    if (!wasKnown || !this.#known.isEmpty) return;
    this.#notice = this.#parts.text(CHANGED);
    this.#changed();
  }

  async #renew(): Promise<void> {
    if (!this.#reading.funnel) return;
    await this.#reading.leave();
    this.#known.forget();
    this.#parts.decided();
    await this.open();
  }

  /** Other documents are counted, or in another vocabulary. */
  async tokensChanged(): Promise<void> {
    this.#known.forgetTokens();
    this.#changed();
    const { funnel } = this.#reading;
    if (funnel && !this.#known.isEmpty) await this.#sumTokens(funnel);
  }

  async setThreshold(measure: string, threshold: number | undefined): Promise<void> {
    this.#choose(() => this.#choices.move(measure, threshold));
    await this.#decide(this.#reading.started);
  }

  async setRule(rule: string, isOn: boolean): Promise<void> {
    this.#choose(() => this.#choices.switch(rule, isOn));
    await this.#decide(this.#reading.started);
  }

  /** The most extreme first: those of a measure, or of all that a rule has. */
  async removed(rule: string, measure: string | undefined, from: number, count: number): Promise<RemovedDocument[]> {
    const own = this.#choices.rules.find(({ filter }) => filter.name === rule)?.filter.measures ?? [];
    const measures = measure === undefined ? own.map(({ name }) => name) : [measure];
    return this.#reading.started.removed({ measures, from, count });
  }

  /** Of each document 1 where it stays, and 0; undefined until all are decided of. */
  async kept(): Promise<Uint8Array | undefined> {
    const { funnel, state } = this.#reading;
    return state.kind === 'done' ? funnel?.kept() : undefined;
  }

  /** Of what the rules before it leave, how many documents a rule would remove that is off. */
  async wouldRemove(rule: string): Promise<number> {
    const choices = new Choices(this.#choices.saved);
    choices.switch(rule, true);
    const { removed } = await this.#reading.started.preview(choices.thresholds);
    const measures = choices.rules.flatMap(({ filter }) => filter.measures.map(() => filter.name));
    return measures.reduce((sum, name, place) => (name === rule ? sum + (removed[place] ?? 0) : sum), 0);
  }

  nearThreshold(measure: string, count: number): Promise<NearThreshold> {
    return this.#reading.started.nearThreshold({ measure, count });
  }

  /** @param measure by which a document is seen that stays. @throws VitrineError `dataset.notRemoved` */
  document(index: number, measure?: string): Promise<OpenedDocument> {
    return openedDocument(this.#reading.started, { index, measure }, this.#choices.rules, this.#parts.text);
  }

  async pair(left: number, right: number): Promise<DocumentPair> {
    const [a = '', b = ''] = await this.#reading.started.texts({ indexes: [left, right] });
    return documentPair({ index: left, text: a }, { index: right, text: b });
  }

  /** @throws VitrineError; it ends quietly when it is stopped */
  export(kind: ExportKind, path: string): Promise<void> {
    return this.#export.write(this.#reading.started, kind, path);
  }

  /** The path of the file that was exported last. */
  get writtenPath(): string | undefined {
    return this.#export.written?.path;
  }

  async stopExport(): Promise<void> {
    await this.#reading.funnel?.stop('export');
  }

  /** Has the model in use read what all other rules let through, while nobody waits for it. */
  async readByModel(): Promise<void> {
    const funnel = this.#reading.started;
    const rules = this.#choices.rules.filter(({ filter }) => filter.kind === 'model');
    this.#choose(() => {
      for (const { filter } of rules) this.#choices.switch(filter.name, true);
    });
    this.#model.start(funnel, this.#known.decision.kept.documents);
    await this.#decide(funnel);
  }

  stopModel(): void {
    this.#model.stop();
    this.#changed();
  }

  async dispose(): Promise<void> {
    this.#telling.end();
    await this.#reading.close();
  }

  #choose(change: () => void): void {
    change();
    this.#parts.chose(this.#choices.saved);
  }

  #want(wanted: FunnelState['wanted']): void {
    this.#wanted = wanted;
    this.#changed();
  }

  /** A file that cannot be read is no longer one of questions. */
  #takesBackQuestions(error: unknown): boolean {
    if (!(error instanceof VitrineError) || error.code !== 'contamination.questions') return false;
    this.#notice = this.#parts.errorText(error);
    this.#choose(() => this.#choices.useQuestions(undefined));
    return true;
  }

  /** So often that numbers are seen to grow, and once more at the end. */
  #modelChanged(): void {
    const { funnel } = this.#reading;
    if (funnel && this.#model.progress === undefined) this.#decide(funnel).catch(() => {});
    else if (funnel) this.#decideWhenDue(funnel);
    this.#changed();
  }

  #decideWhenDue(funnel: Funnel): void {
    // Where it ends meanwhile, whoever reads says so.
    if (this.#pace.isDue) this.#decide(funnel).catch(() => {});
  }

  #decide(funnel: Funnel): Promise<void> {
    return this.#pace.pace(async () => {
      const decision = await funnel.decide(this.#choices.thresholds);
      if (this.#reading.funnel !== funnel) return;
      this.#revision++;
      const isOfOthers = this.#known.decided(decision);
      if (this.#reading.state.kind === 'done') this.#parts.decided();
      // Another threshold moves no number; a model finds ever more.
      if (isOfOthers || this.#model.isAsked) await this.#known.draw(funnel, this.#measures);
      this.#changed();
      // Where it ends meanwhile, whoever reads says so.
      this.#sumTokens(funnel).catch(() => {});
    });
  }

  async #sumTokens(funnel: Funnel): Promise<void> {
    const sample = await this.#parts.tokenSample();
    if (!sample || this.#reading.funnel !== funnel) return;
    await this.#known.sumTokens(funnel, sample);
    this.#changed();
  }

  get #measures(): string[] {
    return this.#choices.rules.flatMap(({ filter }) => filter.measures.map(({ name }) => name));
  }

  #needOf({ filter: { name, kind } }: PresetRule): FunnelNeed | undefined {
    if (kind === 'model') return this.#model.isAsked ? undefined : 'model';
    return name === 'contamination' && this.#choices.questions === undefined ? 'questions' : undefined;
  }

  #changed(): void {
    this.#telling.changed();
  }
}
