import type {
  ChosenHues,
  HostApi,
  InspectorEvents,
  InspectorStart,
  InspectorState,
  Selected,
  Subject,
  SymbolSpan,
  ViewName,
} from '../../../src/shared/inspector-api';
import type { SavedFile } from '../../../src/shared/saved-file';
import { interventionsOf, type Steering } from '../../../src/shared/steering';
import type { Span } from '../../../src/shared/tokens';
import { type Messages, renderedChat } from './chat';
import { type ComparedWith, comparisonState, isOther } from './compared-with';
import { spokenError } from './spoken';
import type { Stage } from './stage';

/** The place where the text is, and what is known of it. */
export interface Place {
  /** The document; nothing is inspected where it is empty. */
  text?: string;
  title?: string;
  /** The parts of it that are inspected: all of it by default. */
  shown?: Span[];
  view?: ViewName;
  selected?: Partial<Selected>;
  asked?: InspectorState['viewRequest'];
  masksSink?: boolean;
  isPinned?: boolean;
  /** The first and the last line of what is selected. */
  lines?: Subject['lines'];
  hues?: ChosenHues;
  /** In place of the text, which is the chat as the model reads it. */
  chat?: Messages;
  symbols?: SymbolSpan[];
  selections?: string[];
  /** How the document goes on after the text. */
  restOfWord?: string;
  clipboard?: string;
  steering?: Steering;
  comparison?: ComparedWith | undefined;
  /** What is chosen where a control vector is asked for, and what is odd about it. */
  controlVector?: { steering: Steering; note?: string };
  /** Of the editor's display: `en` or `es`. */
  language?: string;
}

/** An editor without an editor: one document in memory, and a record of what it was asked to do. */
export class TestHostApi implements HostApi {
  /** What the views have asked for, in order. */
  readonly did = {
    selected: [] as Partial<Selected>[],
    previewed: [] as (number | undefined)[],
    saved: [] as SavedFile[],
    savedInspector: 0,
    savedControlVectors: 0,
    copied: [] as string[],
    inserted: [] as string[],
    comparedWith: 0,
    gains: [] as number[],
    actions: [] as Parameters<HostApi['run']>[0][],
  };
  state: InspectorState;
  /** Where to tell changes, once somebody listens. */
  events: Pick<InspectorEvents, 'changed'> | undefined;
  readonly #stage: Stage;
  readonly #place: Place;
  readonly #translations: Record<string, string>;
  #text: string;
  #chat: Subject['chat'];
  #revision = 0;
  #compared = 0;
  #reading: number | undefined;

  constructor(stage: Stage, place: Place, translations: Record<string, string>) {
    this.#stage = stage;
    this.#place = place;
    this.#translations = translations;
    this.#text = place.text ?? '';
    this.state = {
      subject: undefined,
      model: undefined,
      reading: { kind: 'empty' },
      isPinned: place.isPinned ?? false,
      selected: { token: undefined, layer: undefined, head: undefined, ...place.selected },
      view: place.view ?? 'tokens',
      masksSink: place.masksSink ?? true,
      hues: place.hues ?? {},
      isUnresponsive: false,
      ablated: [],
      steering: place.steering,
      comparison: undefined,
      viewRequest: place.asked ?? {},
    };
  }

  /** What the text is compared with, as it was asked for. */
  get comparedWith(): ComparedWith | undefined {
    return this.#place.comparison;
  }

  /** Has the model read the document, as it now is. */
  async read(): Promise<void> {
    const model = await this.#stage.model();
    const { comparison, chat } = this.#place;
    const other = isOther(comparison) ? (await this.#stage.another(comparison)).model : model;
    if (chat && !this.#chat) {
      const rendered = await renderedChat(this.#stage, chat);
      this.#text = rendered.text;
      this.#chat = rendered.chat;
    }
    this.change({
      subject: this.#subject(++this.#revision),
      model,
      comparison: comparison && comparisonState(model, other, comparison, ++this.#compared),
    });
    if (this.#text === '') this.change({ subject: undefined, reading: { kind: 'emptyText' } });
    else await this.#readSubject();
  }

  /** Has the text held against something else. */
  async compare(comparison: ComparedWith): Promise<void> {
    const model = await this.#stage.model();
    const { model: other } = await this.#stage.another(comparison);
    this.#place.comparison = comparison;
    this.change({ comparison: comparisonState(model, other, comparison, ++this.#compared) });
  }

  /** Changes the document under the views. */
  edit(text: string): void {
    this.#text = text;
    if (this.state.subject) this.change({ subject: { ...this.state.subject, stale: true } });
  }

  change(change: Partial<InspectorState>): void {
    this.state = { ...this.state, ...change };
    this.events?.changed(change);
  }

  /** What the engine reports of a task of this host's. */
  progress({ task, stage, done, total }: Parameters<InspectorEvents['progress']>[0]): void {
    if (task === this.#reading) this.change({ reading: { kind: 'working', stage, done, total } });
  }

  async start(): Promise<InspectorStart> {
    const { language = 'en' } = this.#place;
    return { language, translations: this.#translations, state: this.state, isLive: true };
  }

  async select(selected: Partial<Selected>): Promise<void> {
    this.did.selected.push(selected);
    this.state = { ...this.state, selected: { ...this.state.selected, ...selected } };
  }

  async preview(token: number | undefined): Promise<void> {
    this.did.previewed.push(token);
  }

  async show(view: ViewName): Promise<void> {
    this.state = { ...this.state, view };
  }

  async setShown(): Promise<void> {}

  async setMasksSink(masksSink: boolean): Promise<void> {
    this.state = { ...this.state, masksSink };
  }

  async setPinned(isPinned: boolean): Promise<void> {
    this.state = { ...this.state, isPinned };
  }

  async ablate(ablated: { layer: number; head: number }[]): Promise<void> {
    this.change({ ablated });
    await this.#readSubject();
  }

  async steer(steering: Steering | undefined): Promise<void> {
    this.change({ steering });
    await this.#readSubject();
  }

  async loadControlVector(): Promise<string | undefined> {
    await this.steer(this.#place.controlVector?.steering);
    return this.#place.controlVector?.note;
  }

  async saveControlVector(): Promise<void> {
    this.did.savedControlVectors++;
  }

  renew(): Promise<void> {
    return this.read();
  }

  async readToWordEnd(): Promise<void> {
    this.#text += this.#place.restOfWord ?? '';
    this.#place.restOfWord = '';
    await this.read();
  }

  async cancelReading(): Promise<void> {
    if (this.#reading !== undefined) await this.#stage.engine.cancel({ task: this.#reading });
  }

  async symbols(): Promise<SymbolSpan[]> {
    return this.#place.symbols ?? [];
  }

  async selections(): Promise<string[]> {
    return this.#place.selections ?? [];
  }

  async clipboard(): Promise<string> {
    return this.#place.clipboard ?? '';
  }

  async copy(text: string): Promise<void> {
    this.did.copied.push(text);
  }

  async save(file: SavedFile): Promise<void> {
    this.did.saved.push(file);
  }

  async saveInspector(): Promise<void> {
    this.did.savedInspector++;
  }

  async insert(text: string): Promise<void> {
    this.did.inserted.push(text);
  }

  async run(action: Parameters<HostApi['run']>[0]): Promise<void> {
    this.did.actions.push(action);
  }

  #subject(revision: number): Subject {
    const { title = 'text.md', lines, shown = [{ start: 0, end: this.#text.length }] } = this.#place;
    const restOfWord = this.#place.restOfWord || undefined;
    const [text, chat] = [this.#text, this.#chat];
    return { revision, title, lines, text, shown, cut: 0, restOfWord, chat, stale: false, read: undefined };
  }

  /** Has the model read the subject as the model is changed. */
  async #readSubject(): Promise<void> {
    const { subject } = this.state;
    if (!subject) return;
    const task = this.#stage.newTask();
    this.#reading = task;
    this.change({ reading: { kind: 'working', stage: 'forward', done: 0, total: 1 } });
    try {
      const interventions = interventionsOf(this.state);
      const { trace, ids, starts, ends } = await this.#stage.engine.forward({
        task,
        text: subject.text,
        ...interventions,
      });
      // Another reading has begun meanwhile: it tells what is so.
      if (this.#reading === task) {
        const read = { trace, ids, starts, ends };
        // It may have been edited meanwhile.
        this.change({ subject: { ...(this.state.subject ?? subject), read }, reading: { kind: 'ready' } });
      }
    } catch (error) {
      if (this.#reading === task)
        this.change({ reading: { kind: 'failed', message: spokenError(error, this.#translations) } });
    }
  }
}
