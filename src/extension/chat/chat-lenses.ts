import * as vscode from 'vscode';
import { CHAT_LANGUAGES, CHAT_PATTERN } from '../../chat/text-kind';
import { safeText } from '../../display/glyphs';
import { formatBits, formatCount } from '../../display/numbers';
import type { Conversation } from '../../shared/chat';
import { VitrineError } from '../../shared/errors';
import { Debounced } from '../debounced';
import { visiblePart } from '../decorations/visible';
import { errorText } from '../error-text';
import type { Services } from '../services';
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
    const summaries = conversations.flatMap((conversation) => this.#lensesOf(document, conversation));
    return [...troubles.map(({ line, sentence }) => troubleLens(line - 1, sentence)), ...summaries];
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

  #lensesOf(document: vscode.TextDocument, conversation: Conversation): vscode.CodeLens[] {
    const place = this.#services.chats.placeOf(document, conversation);
    const range = new vscode.Range(place.line, 0, place.line, 0);
    const { t } = vscode.l10n;
    const given = [document.uri, place];
    return [
      new SummaryLens(range, document, conversation),
      new vscode.CodeLens(range, {
        title: t('Show as the Model Reads It'),
        command: 'vitrine.showRenderedChat',
        arguments: given,
      }),
      new vscode.CodeLens(range, { title: t('Inspect'), command: 'vitrine.inspectConversation', arguments: given }),
    ];
  }

  /** Where a conversation is refused, why. */
  async #summary({ document, conversation }: SummaryLens): Promise<string> {
    try {
      return await this.#summaryOf(document, await this.#services.chats.textOf(document, conversation));
    } catch (error) {
      return errorText(error);
    }
  }

  async #summaryOf(document: vscode.TextDocument, text: ChatText): Promise<string> {
    const { tokens, chatTokens } = this.#services;
    const { t } = vscode.l10n;
    const { ids, counts } = chatTokens.of(text, await tokens.named('model'));
    const { answer } = text.conversation;
    const bits = this.#bitsOf(document, text);
    const cut = this.#cutOf(document, text, ids.length);
    // What stands before both answers is said once.
    const isSaid = ([role]: [string, number]) => answer !== 'rejected' || role === 'assistant';
    const roles = [...counts.roles].filter(isSaid).map(([role, count]) => `${safeText(role)} ${formatCount(count)}`);
    return [
      ...(answer ? [answer] : []),
      t('{0} tokens', roles.join(' · ')),
      ...(cut === undefined ? [] : [cut]),
      ...(answer === 'rejected' ? [] : [t('{0} of the template', formatCount(counts.template))]),
      ...(bits === undefined ? [] : [t("{0} a token in the assistant's part", formatBits(bits))]),
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
