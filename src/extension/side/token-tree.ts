import * as vscode from 'vscode';
import type { Span } from '../../shared/tokens';
import type { Tokenizer } from '../../tokenizer';
import { partsOf } from './parts';
import { groupItem, lineItem, spanItem, tokenItem } from './token-items';
import type { ListedToken, TokenList } from './token-list';

/** Characters of a line whose tokens hang on one item, at most. */
const SPAN_UNITS = 2000;

/** Characters of the lines whose tokens are looked up at once to say how many each has, at most. */
const LINES_UNITS = 1 << 16;

/** What the tree shows: a document, its tokens, and who knows their texts. */
export interface TokenContent {
  document: vscode.TextDocument;
  list: TokenList;
  tokenizer: Tokenizer;
}

/** An item of the tree: many lines, a line, a part of a very long line, or a token. */
export type TokenNode =
  | { kind: 'lines'; lines: Span; parent: TokenNode | undefined }
  | { kind: 'line'; line: number; tokens: ListedToken[] | undefined; parent: TokenNode | undefined }
  | { kind: 'span'; span: Span; line: number; parent: TokenNode | undefined }
  | { kind: 'token'; token: ListedToken; place: number; parent: TokenNode };

/**
 * The tokens of a document by line. Children are made when an item is first asked for, no item has many, and they stay the
 * same until something else is shown, whatever happens to the text: who asks for an item twice gets the same one.
 */
export class TokenTree implements vscode.TreeDataProvider<TokenNode> {
  readonly #command: string;
  readonly #changed = new vscode.EventEmitter<undefined>();
  #content: TokenContent | undefined;
  /** The text's version that is shown. */
  #version = 0;
  #lines: TokenNode[] | undefined;
  #children = new WeakMap<TokenNode, TokenNode[]>();

  readonly onDidChangeTreeData = this.#changed.event;

  /** @param command run with a token's offset when its item is clicked, also when it is the selected one */
  constructor(command: string) {
    this.#command = command;
  }

  show(content: TokenContent | undefined): void {
    if (!content && !this.#content) return;
    this.#content = content;
    this.#version = content?.document.version ?? 0;
    this.#lines = undefined;
    this.#children = new WeakMap();
    this.#changed.fire(undefined);
  }

  get document(): vscode.TextDocument | undefined {
    return this.#content?.document;
  }

  /** Whether the text is still the one that is shown. */
  get isCurrent(): boolean {
    return this.#content?.document.version === this.#version;
  }

  getChildren(node?: TokenNode): TokenNode[] {
    if (!this.#content) return [];
    const { document } = this.#content;
    if (!node) {
      this.#lines ??= this.#linesIn({ start: 0, end: document.lineCount }, undefined);
      return this.#lines;
    }
    const children = this.#children.get(node) ?? this.#childrenOf(node, document);
    this.#children.set(node, children);
    return children;
  }

  getParent(node: TokenNode): TokenNode | undefined {
    return node.parent;
  }

  getTreeItem(node: TokenNode): vscode.TreeItem {
    const item = this.#content ? this.#itemOf(node, this.#content) : new vscode.TreeItem('');
    item.id = idOf(node);
    return item;
  }

  /** The item of the token that covers an offset of the document. */
  find(offset: number): TokenNode | undefined {
    let nodes = this.getChildren();
    for (;;) {
      const next = nodes.findLast((node) => this.#startOf(node) <= offset);
      if (!next || next.kind === 'token') return next;
      nodes = this.getChildren(next);
    }
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #itemOf(node: TokenNode, { document, tokenizer }: TokenContent): vscode.TreeItem {
    switch (node.kind) {
      case 'lines':
        return groupItem(node.lines);
      case 'line':
        return lineItem(document, node.line, node.tokens);
      case 'span':
        return spanItem(node.span, lineSpan(document, node.line).start);
      case 'token':
        return Object.assign(tokenItem(node.token, tokenizer), {
          command: { command: this.#command, title: vscode.l10n.t('Go There'), arguments: [node.token.start] },
        });
    }
  }

  #childrenOf(node: TokenNode, document: vscode.TextDocument): TokenNode[] {
    switch (node.kind) {
      case 'lines':
        return this.#linesIn(node.lines, node);
      case 'line':
        return node.tokens
          ? tokenNodes(node.tokens, node)
          : this.#partsIn(lineSpan(document, node.line), node.line, node);
      case 'span':
        return this.#partsIn(node.span, node.line, node);
      case 'token':
        return [];
    }
  }

  #linesIn(lines: Span, parent: TokenNode | undefined): TokenNode[] {
    const parts = partsOf(lines, 1);
    if (parts.length < lines.end - lines.start) return parts.map((part) => ({ kind: 'lines', lines: part, parent }));
    const tokens = this.#tokensByLine(lines);
    return parts.map(({ start: line }, index) => ({ kind: 'line', line, tokens: tokens?.[index], parent }));
  }

  /** The tokens that start in each of some lines, or undefined where the lines are long. */
  #tokensByLine(lines: Span): ListedToken[][] | undefined {
    const start = this.#lineStart(lines.start);
    const end = this.#lineStart(lines.end);
    if (end - start > LINES_UNITS) return undefined;
    const tokens = this.#content?.list(start, end) ?? [];
    let next = 0;
    return Array.from({ length: lines.end - lines.start }, (_, index) => {
      const first = next;
      const lineEnd = this.#lineStart(lines.start + index + 1);
      while (next < tokens.length && (tokens[next]?.start ?? 0) < lineEnd) next++;
      return tokens.slice(first, next);
    });
  }

  #partsIn(span: Span, line: number, parent: TokenNode): TokenNode[] {
    if (span.end - span.start <= SPAN_UNITS) {
      return tokenNodes(this.#content?.list(span.start, span.end) ?? [], parent);
    }
    return partsOf(span, SPAN_UNITS).map((part) => ({ kind: 'span', span: part, line, parent }));
  }

  #startOf(node: TokenNode): number {
    switch (node.kind) {
      case 'lines':
        return this.#lineStart(node.lines.start);
      case 'line':
        return this.#lineStart(node.line);
      case 'span':
        return node.span.start;
      case 'token':
        return node.token.start;
    }
  }

  #lineStart(line: number): number {
    return this.#content?.document.offsetAt(new vscode.Position(line, 0)) ?? 0;
  }
}

/** Unlike any other item's, also where lines were listed at different versions of the text. */
function idOf(node: TokenNode): string {
  switch (node.kind) {
    case 'lines':
      return `lines ${node.lines.start}-${node.lines.end}`;
    case 'line':
      return `line ${node.line}`;
    case 'span':
      return `span ${node.line} ${node.span.start}-${node.span.end}`;
    case 'token':
      return `${idOf(node.parent)} token ${node.place}`;
  }
}

function tokenNodes(tokens: readonly ListedToken[], parent: TokenNode): TokenNode[] {
  return tokens.map((token, place) => ({ kind: 'token', token, place, parent }));
}

/** A line with its break, in UTF-16 offsets. */
function lineSpan(document: vscode.TextDocument, line: number): Span {
  const start = document.offsetAt(new vscode.Position(line, 0));
  return { start, end: document.offsetAt(new vscode.Position(line + 1, 0)) };
}
