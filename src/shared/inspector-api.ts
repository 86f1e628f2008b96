import type { PreferenceTexts, RenderedPart } from './chat';
import type { ComparedForm, Comparisons } from './comparisons';
import type { ComparedModelInfo, ComparisonKind } from './difference-api';
import type { ModelInfo, Stage, TraceInfo } from './engine-api';
import type { HeadAddress } from './head-address';
import type { ForViews, NamesOf, RecordedApiOf, Task, ViewApiOf } from './request-table';
import type { requests } from './requests';
import type { SavedFile } from './saved-file';
import type { Steering } from './steering';
import type { Span } from './tokens';

/*
 * What the inspector's views and their host say to each other. The host is the editor's extension, a recording inside an
 * exported file, or a test; views know only this. A call that fails rejects with an error whose message is a sentence
 * for people, in their language.
 */

export const VIEWS = [
  'tokens',
  'numbers',
  'probabilities',
  'continue',
  'attention',
  'layers',
  'why',
  'compare',
  'difference',
  'anatomy',
] as const;
export type ViewName = (typeof VIEWS)[number];

/** Views that show texts of their own: they stay as they are whatever becomes of the text that is inspected. */
export const VIEWS_OF_OWN_TEXTS: readonly ViewName[] = ['numbers', 'compare'];

/** A number that no trace has, where only the tokenizer has read the text: to ask about it has the model read it. */
export const UNREAD = Number.MAX_SAFE_INTEGER;

/** Tokens that the model, or only its tokenizer, has read. Offsets are in the text that it read. */
export type TraceTokens = Pick<TraceInfo, 'trace' | 'ids' | 'starts' | 'ends'>;

/** A chat that is inspected. */
export interface SubjectChat {
  /** All of the text, in order. */
  parts: Omit<RenderedPart, 'source'>[];
  /** Ids of the control tokens that were read of it. */
  control: number[];
}

/** The text that is inspected. Offsets are UTF-16 units of `text`; layers, heads and positions count from 0. */
export interface Subject {
  /** Another number for another text, version or reading of it: what was computed for one holds for no other. */
  revision: number;
  /** What the text is called: a file's name. */
  title: string;
  /** The first and the last line of what is shown, counted from 1; undefined where that is the whole document. */
  lines?: { first: number; last: number } | undefined;
  /** What the model reads: the text that is shown and its context: what comes before, and after where that was read anyway. */
  text: string;
  /** The parts that are shown and summed, in order; the rest is context. */
  shown: Span[];
  /** UTF-16 units before `text` that did not fit the model's context. */
  cut: number;
  /** How the document goes on where the text ends inside a word; undefined where it does not. */
  restOfWord?: string | undefined;
  /** Where the text is a chat as the model reads it. */
  chat?: SubjectChat | undefined;
  /** Where it is the prompt of one of two answers, both. */
  pair?: PreferenceTexts | undefined;
  /** The text has been edited since: `text` is what was read. */
  stale: boolean;
  /** Its tokens; undefined while the model has not read it. */
  read: TraceTokens | undefined;
}

/**
 * What the host is at: nothing to inspect, a text without any character, a long text that is read when somebody asks for it, on its way, done, or failed with
 * a sentence and what may be done about it.
 */
export type Reading =
  | { kind: 'empty' }
  | { kind: 'emptyText' }
  | { kind: 'waiting' }
  | { kind: 'working'; stage: Stage; done: number; total: number }
  | { kind: 'ready' }
  | { kind: 'failed'; message: string };

/** The one selection that the editor, the side panel and every view share. */
export interface Selected {
  /** Position in the trace. */
  token: number | undefined;
  /** Undefined until somebody chooses a head: a view then opens on one that does something in the text. */
  layer: number | undefined;
  head: number | undefined;
}

/** Warm for what was unexpected, violet for uncertainty, blue for attention, green for the logit lens. */
export type Hue = 'warm' | 'violet' | 'blue' | 'green';

/** Hues that a person wants instead, in degrees. */
export type ChosenHues = Partial<Record<Hue, number | undefined>>;

/** A token that is asked about at a position of the trace, or after its end, and one that it is held against. */
export interface WhyRequest {
  position: number;
  token: number;
  against: number;
}

/** What the text is held against: a model, or the same in another way. */
export interface ComparisonState {
  /** Another number for other models, another gain or another way: what was compared under one holds for no other. */
  revision: number;
  kind: ComparisonKind;
  /** How B keeps the weights of A; undefined where it is something else that differs. */
  form?: ComparedForm | undefined;
  a: ComparedModelInfo;
  b: ComparedModelInfo;
  /** What multiplies the adapter that is kept apart; undefined where there is none. */
  adapterGain: number | undefined;
  /** What B is at, while it is loaded, and why it cannot be. */
  reading: Reading;
  /** Whether memory holds only one of both, so that they take turns. */
  takesTurns: boolean;
}

/** What a host knows when a view opens, and tells again, in part, when it changes. */
export interface InspectorState {
  subject: Subject | undefined;
  model: ModelInfo | undefined;
  reading: Reading;
  /** Whether the engine owes an answer and gives no sign of itself. */
  isUnresponsive: boolean;
  /** Whether the text stays until another is asked for; else the inspector follows the editor. */
  isPinned: boolean;
  selected: Selected;
  view: ViewName;
  /** Whether key 0 is hidden in pictures of attention. */
  masksSink: boolean;
  /** Of the settings, in place of the scales' own. */
  hues: ChosenHues;
  /** Heads that are switched off in the inspector and in the editor's colours. */
  ablated: HeadAddress[];
  /** What is added to the model's layers there; it may be there without being added. */
  steering: Steering | undefined;
  /** What the text is compared with; undefined where nobody has chosen anything. */
  comparison: ComparisonState | undefined;
  /** Whether the lesson goes on: its texts were chosen for what the model knows of their language. */
  isLesson?: boolean;
  /** What a command asks a view to show: a number, texts to compare, the text under other vocabularies too, why a token, a section of Anatomy by its name, or a place to be brought into view, where it is a working open. */
  viewRequest: {
    number?: string;
    texts?: string[];
    vocabularies?: string[];
    why?: WhyRequest;
    section?: string;
    place?: string;
  };
}

/** What a view shows by its own choice: each tells what it has of this. */
export interface ShownInView {
  /** Of Anatomy, by its name. */
  section?: string;
  /** That are compared. */
  texts?: string[];
  /** Tokens that Continue has written behind the text. */
  written?: number;
  /** Of Attention, chosen by a person or by the view. */
  head?: HeadAddress;
}

/** What a view needs to speak. */
export interface InspectorStart {
  /** BCP 47, of the editor's display language. */
  language: string;
  /** English text to the same in that language. */
  translations: Record<string, string>;
  state: InspectorState;
  /** False for a recording: what needs the model is not offered. */
  isLive: boolean;
}

/** A text as some vocabulary reads it: one entry a token. */
export interface VocabularyTokens {
  ids: Uint32Array;
  /** UTF-16 offsets. */
  starts: Uint32Array;
  ends: Uint32Array;
  /** Of each different id among them: its bytes in hexadecimal. */
  bytes: Record<number, string>;
  /** Characters that the vocabulary cannot hold. */
  dropped: Span[];
}

/** How merges build a token: leaves are bytes (in SentencePiece, characters). */
export interface MergeNode {
  id: number;
  /** The token as something to look at: white space and controls as symbols, bytes that are no character as `\xE2`. */
  label: string;
  /** The merge's place in the order of merges, 0 first; leaves have none. */
  merge?: { rank: number; left: MergeNode; right: MergeNode };
}

/** Ids of two neighbours. */
export type TokenPair = [left: number, right: number];

export const pairKey = ([left, right]: TokenPair): string => `${left} ${right}`;

/** A token of a number and the characters of the number that it covers: [start, end). */
export interface DigitToken {
  id: number;
  text: string;
  start: number;
  end: number;
}

/** What one vocabulary makes of a number. */
export interface NumberRow {
  tokens: DigitToken[];
  /** The number's digits in groups of three from the right, as people read them. */
  groups: string[];
  notations: { text: string; tokens: DigitToken[] }[];
  /** What is seen, one sentence a case, in the reader's language. */
  sentences: string[];
}

/** Tokens of each integer from 0 to 9999, standing alone. */
export interface NumberMapPicture {
  /** Uint8Array // [10000] */
  counts: Uint8Array;
  firstSplit: number | undefined;
  /** Of the integers with 1, 2, 3 and 4 digits, the share that is one token. */
  shares: number[];
}

/** `a ± b = c` with the tokens of each; places count from the right, 0 for the ones. */
export interface SumPicture {
  sign: '+' | '-';
  operands: { digits: string; tokens: DigitToken[] }[];
  /** Places out of which something is carried. */
  carries: number[];
  /** Those of them where the carry crosses an edge between tokens. */
  crossings: number[];
  sentence: string;
}

/** Part of a document by the editor's own symbols: a function, a class. */
export interface SymbolSpan extends Span {
  name: string;
  /** As the editor calls it: `function`, `class`, … */
  kind: string;
  /** Nesting, 0 outermost. */
  depth: number;
}

type ViewApi = ViewApiOf<typeof requests>;

/** What views ask about a trace or the vocabulary: the engine's own requests, answered as it answers. */
export type Lenses = Omit<ViewApi, NamesOf<typeof requests, Task>>;

/** What takes the model time: `task` is a number of the view's choice, under which it is told progress and can cancel. */
export interface Runs extends Pick<ViewApi, NamesOf<typeof requests, ForViews & Task>> {
  cancel(request: { task: number }): Promise<void>;
}

/** What an exported file answers of both; it refuses the rest. */
export type Recorded = RecordedApiOf<typeof requests>;

/** What views ask of tokenizers. A vocabulary goes by its name: `model`, or one of tiktoken's. */
export interface Vocabularies {
  vocabularies(): Promise<{ name: string; label: string }[]>;
  tokenize(request: { vocabulary: string; text: string }): Promise<VocabularyTokens>;
  /** Undefined where no merges build the token. */
  merges(request: { vocabulary: string; id: number }): Promise<MergeNode | undefined>;
  /** Of the merges that join the two tokens of a pair side by side, by `pairKey`; of pairs that none joins nothing. */
  mergeRanks(request: { vocabulary: string; pairs: TokenPair[] }): Promise<Record<string, number>>;
  number(request: { vocabulary: string; number: string }): Promise<NumberRow>;
  numberMap(request: { vocabulary: string }): Promise<NumberMapPicture>;
  sum(request: { vocabulary: string; sum: string }): Promise<SumPicture>;
}

/** What views ask of the place where the text is. */
export interface HostApi {
  start(): Promise<InspectorStart>;
  /** The person has selected something, or lets go of it. */
  select(selected: Partial<Selected>): Promise<void>;
  /** Something under the pointer, to be lit up in the editor; undefined when it leaves. */
  preview(token: number | undefined): Promise<void>;
  show(view: ViewName): Promise<void>;
  /** Tells what the view shows by its own choice. */
  setShown(shown: ShownInView): Promise<void>;
  setMasksSink(masks: boolean): Promise<void>;
  /** Whether the text that is inspected is to stay while another is selected in the editor. */
  setPinned(isPinned: boolean): Promise<void>;
  ablate(heads: HeadAddress[]): Promise<void>;
  steer(steering: Steering | undefined): Promise<void>;
  /** Asks for a control vector, and steers by it. @returns what is odd about it, in the reader's language */
  loadControlVector(): Promise<string | undefined>;
  /** Asks where, and writes the direction there as a control vector. */
  saveControlVector(): Promise<void>;
  /** Reads the text again as it now is. */
  renew(): Promise<void>;
  /** Reads on to the end of the word in which the text ends. */
  readToWordEnd(): Promise<void>;
  cancelReading(): Promise<void>;
  symbols(): Promise<SymbolSpan[]>;
  /** What is selected in the editor, range by range, and what is on the clipboard. */
  selections(): Promise<string[]>;
  clipboard(): Promise<string>;
  copy(text: string): Promise<void>;
  /** Asks where, and writes it there. */
  save(file: SavedFile): Promise<void>;
  /** Writes the whole inspector as one HTML file. */
  saveInspector(): Promise<void>;
  /** Puts a text into the document after what is inspected. */
  insert(text: string): Promise<void>;
  /** An action of the editor that a state offers. */
  run(action: 'restartEngine' | 'showLog' | 'chooseModel' | 'openExample' | 'explainTables'): Promise<void>;
}

export interface InspectorHost extends Lenses, Runs, Vocabularies, Comparisons, HostApi {}

/** What the host tells the views without being asked. */
export interface InspectorEvents {
  changed(state: Partial<InspectorState>): void;
  progress(report: { task: number; stage: Stage; done: number; total: number }): void;
}
