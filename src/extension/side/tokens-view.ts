import * as vscode from 'vscode';
import { Debounced } from '../debounced';
import type { Decorations } from '../decorations/decorations';
import type { Services } from '../extension';
import { isText, shownTokens } from '../shown-tokens';
import { listAnalysed, listTracked } from './token-list';
import { type TokenContent, type TokenNode, TokenTree } from './token-tree';

const REFRESH_MS = 200;
const FOLLOW_MS = 80;

/** The active document's tokens by line. Whoever chooses one there is taken to it in the text, and the other way round. */
export class TokensView implements vscode.Disposable {
  readonly #services: Services;
  readonly #decorations: Decorations;
  readonly #tree = new TokenTree();
  readonly #view: vscode.TreeView<TokenNode>;
  readonly #subscriptions: vscode.Disposable[];

  constructor(services: Services, decorations: Decorations) {
    this.#services = services;
    this.#decorations = decorations;
    const { analyses, documents, tokens, host } = services;
    this.#view = vscode.window.createTreeView('vitrine.tokens', { treeDataProvider: this.#tree });
    const refresh = new Debounced(() => this.#refresh(), REFRESH_MS);
    const follow = new Debounced(() => this.#follow(), FOLLOW_MS);
    this.#subscriptions = [
      this.#view,
      this.#tree,
      refresh,
      follow,
      analyses.onDidChange(() => refresh.request()),
      decorations.onDidChange(() => refresh.request()),
      documents.onDidSettle(() => refresh.request()),
      tokens.onDidChange(() => refresh.request()),
      host.onDidChange(() => refresh.request()),
      vscode.window.onDidChangeActiveTextEditor(() => refresh.request()),
      this.#view.onDidChangeVisibility(() => refresh.request()),
      this.#view.onDidChangeSelection(({ selection }) => this.#goTo(selection[0])),
      vscode.window.onDidChangeTextEditorSelection(() => follow.request()),
    ];
    refresh.request();
  }

  dispose(): void {
    vscode.Disposable.from(...this.#subscriptions).dispose();
  }

  async #refresh(): Promise<void> {
    if (!this.#view.visible) return;
    const document = vscode.window.activeTextEditor?.document;
    // Whoever looks at a log, or at a view of this panel, still means the text from before.
    const isOther = !document || !isText(document);
    if (isOther && this.#tree.document && !this.#tree.document.isClosed) return;
    const content = isOther ? undefined : await this.#contentOf(document);
    if (!isOther && vscode.window.activeTextEditor?.document !== document) return;
    this.#tree.show(content);
    await this.#follow();
  }

  async #contentOf(document: vscode.TextDocument): Promise<TokenContent | undefined> {
    const shown = await shownTokens(this.#services, this.#decorations, document);
    switch (shown?.kind) {
      case 'analysed': {
        const tokenizer = await this.#services.tokens.named('model');
        return { document, list: listAnalysed(shown.analysis), tokenizer };
      }
      case 'tracked':
        return { document, list: listTracked(shown.tracked), tokenizer: shown.tracked.tokenizer };
      case undefined:
        return undefined;
    }
  }

  #goTo(node: TokenNode | undefined): void {
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document === this.#tree.document);
    if (!editor || node?.kind !== 'token' || contains(node, editor)) return;
    const caret = editor.document.positionAt(node.token.start);
    editor.selection = new vscode.Selection(caret, caret);
    editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }

  async #follow(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (!this.#view.visible || !editor || editor.document !== this.#tree.document) return;
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
