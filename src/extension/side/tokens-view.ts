import * as vscode from 'vscode';
import { logRatioAt } from '../../comparison/differences-at';
import { MODEL_VOCABULARY } from '../../display/names';
import type { Decorations } from '../decorations/decorations';
import { OneAtATime } from '../one-at-a-time';
import { registerCommand } from '../register-command';
import type { Services } from '../services';
import { shownTokens } from '../shown-tokens';
import { listChats } from './chat-token-list';
import { goTo } from './go-to';
import { listRead, listTracked } from './token-list';
import { type TokenContent, type TokenNode, TokenTree } from './token-tree';

const REFRESH_MS = 200;
const FOLLOW_MS = 80;

/** What a click on a token runs: not in the palette, for it is of no use there. */
const GO_TO = 'vitrine.goToToken';

/** The active document's tokens by line. Whoever chooses one there is taken to it in the text, and the other way round. */
export class TokensView implements vscode.Disposable {
  readonly #services: Services;
  readonly #decorations: Decorations;
  readonly #tree = new TokenTree(GO_TO);
  readonly #view: vscode.TreeView<TokenNode>;
  readonly #subscriptions: vscode.Disposable[];

  constructor(services: Services, decorations: Decorations) {
    this.#services = services;
    this.#decorations = decorations;
    const { readings, documents, tokens, chats, host, activeText } = services;
    this.#view = vscode.window.createTreeView('vitrine.tokens', { treeDataProvider: this.#tree });
    // The editor looks for an item to reveal in the tree as it is then: meanwhile that must not become another.
    const turns = new OneAtATime();
    const refresh = turns.debounced(() => this.#refresh(), REFRESH_MS);
    const follow = turns.debounced(() => this.#follow(), FOLLOW_MS);
    this.#subscriptions = [
      this.#view,
      this.#tree,
      refresh,
      follow,
      refresh.requestOn(readings.onDidChange, decorations.onDidChange, documents.onDidSettle, tokens.onDidChange),
      refresh.requestOn(host.onDidChange, activeText.onDidChange, this.#view.onDidChangeVisibility),
      refresh.requestOn(chats.onDidChange, chats.onDidRender),
      follow.requestOn(vscode.window.onDidChangeActiveTextEditor, vscode.window.onDidChangeTextEditorSelection),
      registerCommand(GO_TO, (offset) => this.#goTo(offset)),
    ];
    refresh.request();
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  async #refresh(): Promise<void> {
    if (!this.#view.visible) return;
    const { document } = this.#services.activeText;
    const content = document && (await this.#contentOf(document));
    if (this.#services.activeText.document !== document) return;
    this.#tree.show(content);
    await this.#follow();
  }

  async #contentOf(document: vscode.TextDocument): Promise<TokenContent | undefined> {
    if (this.#services.chats.isApart(document)) return this.#contentOfChat(document);
    const shown = await shownTokens(this.#services, this.#decorations, document);
    switch (shown?.kind) {
      case 'read': {
        const tokenizer = await this.#services.tokens.named('model');
        return { document, list: listRead(shown.reading, (offset) => this.#logRatioAt(document, offset)), tokenizer };
      }
      case 'tracked':
        return { document, list: listTracked(shown.tracked), tokenizer: shown.tracked.tokenizer };
      case undefined:
        return undefined;
    }
  }

  /** By the model where its colours are on, else in the vocabulary in use. */
  async #contentOfChat(document: vscode.TextDocument): Promise<TokenContent> {
    const known = this.#decorations.readingOf(document);
    const reading = known?.stale === false ? known.reading : undefined;
    const { tokens } = this.#services;
    const tokenizer = await (reading ? tokens.named(MODEL_VOCABULARY) : tokens.current());
    const logRatioAt = (offset: number) => this.#logRatioAt(document, offset);
    return { document, list: listChats(this.#services, document, tokenizer, reading, logRatioAt), tokenizer };
  }

  /** Of different vocabularies there is none of a token. */
  #logRatioAt(document: vscode.TextDocument, offset: number): number | undefined {
    const { compared, index } = this.#decorations.differenceAt(document, offset) ?? {};
    if (!compared?.sameVocabulary || index === undefined) return undefined;
    return logRatioAt(compared, index);
  }

  async #goTo(offset: unknown): Promise<void> {
    const { document } = this.#tree;
    if (document && typeof offset === 'number') await goTo(document, offset);
  }

  async #follow(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (!this.#view.visible || !editor || editor.document !== this.#tree.document || !this.#tree.isCurrent) return;
    const [selected] = this.#view.selection;
    if (selected?.kind === 'token' && contains(selected, editor)) return;
    const node = this.#tree.find(editor.document.offsetAt(editor.selection.start));
    if (node) await this.#view.reveal(node, { select: true, focus: false });
  }
}

/** Whether the cursor, or the start of the selection, is on the token. */
function contains(
  { token }: Extract<TokenNode, { kind: 'token' }>,
  { document, selection }: vscode.TextEditor,
): boolean {
  const offset = document.offsetAt(selection.start);
  return token.start <= offset && offset < token.end;
}
