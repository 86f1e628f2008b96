import * as vscode from 'vscode';
import { CHAT_LANGUAGES, CHAT_PATTERN } from '../../chat/text-kind';
import { formatBits, formatCount, formatQuantity } from '../../display/numbers';
import type { Conversation } from '../../shared/chat';
import { VitrineError } from '../../shared/errors';
import { Debounced } from '../debounced';
import { visiblePart } from '../decorations/visible';
import { errorText } from '../error-text';
import type { Services } from '../services';
import { answerName, countText } from './chat-count-text';
import type { ConversationPlace } from './chat-documents';
import { actionsOn } from './chat-lens-actions';
import type { ChatText } from './chat-text';
import { CELL_SCHEME } from './conversations';
import { scoredBits } from './scored-bits';

const PAUSE_MS = 300;

/** Lines beyond what is seen that have lenses: those of a long file come as one scrolls. */
const MARGIN = 200;

/** A lens that says what a conversation is, once it is seen. */
class SummaryLens extends vscode.CodeLens {
  constructor(
    range: vscode.Range,
    readonly document: vscode.TextDocument,
    readonly conversation: Conversation,
    /** Whether it stands beside that of the chosen answer: what stands before both is said there. */
    readonly isSecond: boolean,
  ) {
    super(range);
  }
}

const MAY_BE_CHATS: vscode.DocumentFilter[] = [
  { pattern: CHAT_PATTERN },
  ...CHAT_LANGUAGES.map((language) => ({ language })),
  // To the editor a raw cell is plain text.
  { scheme: CELL_SCHEME },
];

/** Above each conversation what it has, and what can be done with it; above a text that could be read as a chat, that. */
export class ChatLenses implements vscode.CodeLensProvider, vscode.Disposable {
  readonly #services: Services;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #refresh = new Debounced(() => this.#changed.fire(), PAUSE_MS);
  /** Bits by the prompts that were read, which may be seen no more. */
  readonly #bits = new Map<string, number>();
  readonly #subscriptions: vscode.Disposable;
  /** By the languages of other texts that are read as what a user says. */
  readonly #others = new Map<string, vscode.Disposable>();

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(services: Services) {
    this.#services = services;
    const { chats, readings, tokens } = services;
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      this.#refresh,
      this.#refresh.requestOn(chats.onDidChange, chats.onDidRender, tokens.onDidChange, readings.onDidChange),
      vscode.window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => {
        if (chats.isApart(textEditor.document)) this.#refresh.request();
      }),
      readings.onDidChangeReading(() => this.#bits.clear()),
      vscode.languages.registerCodeLensProvider(MAY_BE_CHATS, this),
      chats.onDidChange((document) => this.#provideFor(document)),
    );
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const { chats } = this.#services;
    if (!chats.isApart(document)) return chats.isChat(document) ? [offer(document)] : [];
    const seen = visiblePart(document, MARGIN);
    const { conversations, troubles } = chats.found(document, [seen]);
    const lenses = together(conversations).flatMap((some) => this.#lensesOf(document, some));
    return [...troubles.map(({ line, sentence }) => troubleLens(line - 1, sentence)), ...lenses];
  }

  async resolveCodeLens(lens: vscode.CodeLens): Promise<vscode.CodeLens> {
    if (lens instanceof SummaryLens) lens.command = { title: await this.#summary(lens), command: '' };
    return lens;
  }

  dispose(): void {
    vscode.Disposable.from(this.#subscriptions, ...this.#others.values()).dispose();
  }

  /** Any text may be read as what a user says; of others the editor need not ask. */
  #provideFor(document: vscode.TextDocument): void {
    const { languageId: language } = document;
    if (!this.#services.chats.isApart(document) || vscode.languages.match(MAY_BE_CHATS, document) > 0) return;
    if (!this.#others.has(language)) {
      this.#others.set(language, vscode.languages.registerCodeLensProvider({ language }, this));
    }
  }

  /** What can be done stands first: a line has no room for all of it. @param some one, or both of a pair of answers */
  #lensesOf(document: vscode.TextDocument, some: readonly Conversation[]): vscode.CodeLens[] {
    const { chats } = this.#services;
    const rangeOfLine = ({ line }: ConversationPlace) => new vscode.Range(line, 0, line, 0);
    const actions = some.flatMap((conversation) => {
      const place = chats.placeOf(document, conversation);
      return actionsOn(conversation, some.length > 1).map(
        (action) => new vscode.CodeLens(rangeOfLine(place), { ...action, arguments: [document.uri, place] }),
      );
    });
    const summaries = some.map((conversation, index) => {
      const range = rangeOfLine(chats.placeOf(document, conversation));
      return new SummaryLens(range, document, conversation, index > 0);
    });
    return [...actions, ...summaries];
  }

  /** Where a conversation is refused, why. */
  async #summary(lens: SummaryLens): Promise<string> {
    try {
      return await this.#summaryOf(lens, await this.#services.chats.textOf(lens.document, lens.conversation));
    } catch (error) {
      return errorText(error);
    }
  }

  async #summaryOf({ document, isSecond }: SummaryLens, text: ChatText): Promise<string> {
    const { tokens, chatTokens } = this.#services;
    const { t } = vscode.l10n;
    const { ids, counts } = chatTokens.of(text, await tokens.named('model'));
    const { answer } = text.conversation;
    const bits = this.#bitsOf(document, text);
    const cut = this.#cutOf(document, text, ids.length);
    const count = isSecond ? formatQuantity(ids.length, 'token') : countText(counts, t);
    return [
      answer ? `${answerName(answer, t)} ${count}` : count,
      ...(cut === undefined ? [] : [cut]),
      ...(bits === undefined ? [] : [bitsText(bits, answer)]),
    ].join(' · ');
  }

  /** What of a conversation is left out that is longer than the model's context. */
  #cutOf(document: vscode.TextDocument, { text }: ChatText, tokens: number): string | undefined {
    const { t } = vscode.l10n;
    const { host, readings } = this.#services;
    const { model } = host;
    if (!model || tokens <= model.contextLength) return undefined;
    const read = readings.get(document)?.reading.parts.find(({ apart }) => apart?.text === text);
    const most = formatCount(model.contextLength);
    return read
      ? t(
          'its first {0} tokens are left out, as the model reads {1} at most',
          formatCount(tokens - read.ids.length),
          most,
        )
      : t('longer than the {0} tokens that the model reads', most);
  }

  #bitsOf(document: vscode.TextDocument, { text, rendered }: ChatText): number | undefined {
    const known = this.#services.readings.get(document)?.reading.parts.find(({ apart }) => apart?.text === text);
    const bits = known && scoredBits(rendered, known);
    if (bits !== undefined) this.#bits.set(text, bits);
    return bits ?? this.#bits.get(text);
  }
}

function bitsText(bits: number, answer: Conversation['answer']): string {
  const { t } = vscode.l10n;
  return answer ? t('{0} a token', formatBits(bits)) : t("{0} a token in the assistant's part", formatBits(bits));
}

/** Conversations in their order, both of a pair of answers together. */
function together(conversations: readonly Conversation[]): Conversation[][] {
  const groups = new Map<number, Conversation[]>();
  for (const conversation of conversations) {
    const { start } = conversation.span;
    groups.set(start, [...(groups.get(start) ?? []), conversation]);
  }
  return [...groups.values()];
}

function offer(document: vscode.TextDocument): vscode.CodeLens {
  const title = vscode.l10n.t('Read as Chat');
  return new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), {
    title,
    command: 'vitrine.readAsChat',
    arguments: [document.uri],
  });
}

function troubleLens(line: number, sentence: VitrineError['sentence'] & object): vscode.CodeLens {
  const title = errorText(new VitrineError('chat.trouble', sentence));
  return new vscode.CodeLens(new vscode.Range(line, 0, line, 0), { title, command: '' });
}
