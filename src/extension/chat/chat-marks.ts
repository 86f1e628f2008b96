import * as vscode from 'vscode';
import { isRoleNamed } from '../../chat/named-role';
import type { RenderedPart } from '../../shared/chat';
import { partsOfTokens } from '../../shared/rendered-tokens';
import type { Span } from '../../shared/tokens';
import type { Tokenizer } from '../../tokenizer';
import { DecoratedRanges, DecorationSet } from '../decorations/decoration-set';
import type { Overlay } from '../decorations/overlays';
import type { Theme } from '../decorations/theme';
import { visibleSpans } from '../decorations/visible';
import { rangeOf } from '../documents/spans';
import type { TokenSource } from '../documents/token-source';
import { type Added, chipOf, hoverOf, NOTHING, withPart } from './added-by-template';
import type { ChatDocuments } from './chat-documents';
import type { ChatText } from './chat-text';
import type { ChatTokens } from './chat-tokens';
import { addressOf } from './prompt-address';
import type { RenderedDocuments } from './rendered-documents';

type Mark = 'role' | 'chip' | 'chipAfter' | 'chipText' | 'scored' | 'margin' | 'answer' | 'template' | 'control';

/** A content of a prompt, where it stands in the document that is decorated. */
interface PlacedContent {
  part: RenderedPart;
  place: Span;
}

/** Roles, what the template adds, and what is scored: over a conversation in its document, or over its prompt. */
export class ChatMarks implements Overlay {
  readonly #chats: ChatDocuments;
  readonly #rendered: RenderedDocuments;
  readonly #tokens: TokenSource;
  readonly #chatTokens: ChatTokens;
  readonly #decorations = new DecorationSet<Mark>(options);

  constructor(chats: ChatDocuments, rendered: RenderedDocuments, tokens: TokenSource, chatTokens: ChatTokens) {
    this.#chats = chats;
    this.#rendered = rendered;
    this.#tokens = tokens;
    this.#chatTokens = chatTokens;
  }

  draw(editor: vscode.TextEditor): void {
    const ranges = new DecoratedRanges<Mark>();
    if (this.#chats.isApart(editor.document)) this.#inDocument(editor, ranges);
    else this.#inPrompt(editor, ranges);
    this.#decorations.set(editor, ranges);
  }

  erase(): void {
    this.#decorations.dispose();
  }

  #inDocument(editor: vscode.TextEditor, ranges: DecoratedRanges<Mark>): void {
    const { document } = editor;
    const drawn = new Set<number>();
    for (const text of this.#chats.knownIn(document, visibleSpans(editor))) {
      const countOf = this.#countsOf(text);
      let added: Added = NOTHING;
      let last: number | undefined;
      for (const part of text.rendered.parts) {
        const place = part.kind === 'content' ? text.placeOf(part) : undefined;
        if (!place) {
          added = withPart(added, text.text.slice(part.start, part.end), countOf?.(part));
          continue;
        }
        // Of a pair of answers both begin with one question.
        if (!drawn.has(place.start)) {
          const from = last ?? text.span.start;
          if (!isRoleNamed(document.getText(rangeOf(document, { start: from, end: place.start })), part.role))
            addRole(document, { part, place }, ranges);
          addContent(document, { part, place }, ranges);
          addChip(document, 'chip', place.start, added, ranges);
        }
        drawn.add(place.start);
        added = NOTHING;
        last = place.end;
      }
      if (last !== undefined) addChip(document, 'chipAfter', last, added, ranges);
    }
  }

  /** How many tokens begin in each part of a prompt; undefined as long as the vocabulary is not there. */
  #countsOf(text: ChatText): ((part: RenderedPart) => number) | undefined {
    const tokenizer = this.#tokenizer();
    if (!tokenizer) return undefined;
    const counts = new Map<RenderedPart, number>();
    for (const part of partsOfTokens(text.rendered.parts, this.#chatTokens.of(text, tokenizer)))
      counts.set(part, (counts.get(part) ?? 0) + 1);
    return (part) => counts.get(part) ?? 0;
  }

  #inPrompt({ document }: vscode.TextEditor, ranges: DecoratedRanges<Mark>): void {
    const rendered = this.#rendered.get(document);
    if (!rendered) return;
    let written = '';
    for (const part of rendered.parts) {
      if (part.kind === 'template') {
        written = rendered.text.slice(part.start, part.end);
        ranges.add('template', { range: rangeOf(document, part) });
        if (part.isScored) ranges.add('scored', { range: rangeOf(document, part) });
        continue;
      }
      // Most templates write the role themselves.
      if (part.role && !written.includes(part.role)) addRole(document, { part, place: part }, ranges);
      addContent(document, { part, place: part }, ranges);
    }
    // Which tokens of another model are for control is not known here.
    if (addressOf(document.uri).reader === 'b') return;
    for (const span of this.#controlTokens(rendered.text)) ranges.add('control', { range: rangeOf(document, span) });
  }

  #controlTokens(text: string): Span[] {
    const tokenizer = this.#tokenizer();
    if (!tokenizer) return [];
    const { ids, starts, ends } = tokenizer.encode(text, { special: true });
    return Array.from(ids, (id, token) => ({ id, start: starts[token] ?? 0, end: ends[token] ?? 0 })).filter(({ id }) =>
      tokenizer.isControl(id),
    );
  }

  /** That of the model: where it is not there yet, all is drawn again once it is. */
  #tokenizer(): Tokenizer | undefined {
    const tokenizer = this.#tokens.loaded('model');
    if (tokenizer) return tokenizer;
    void this.#tokens.named('model').then(
      () => this.#chats.redraw(),
      () => {},
    );
    return undefined;
  }
}

function addRole(
  document: vscode.TextDocument,
  { part: { role = '' }, place }: PlacedContent,
  ranges: DecoratedRanges<Mark>,
): void {
  ranges.add('role', before(document, place.start, role));
}

function addContent(
  document: vscode.TextDocument,
  { part: { isScored }, place }: PlacedContent,
  ranges: DecoratedRanges<Mark>,
): void {
  const range = rangeOf(document, place);
  if (isScored) ranges.add('scored', { range });
  if (!range.isSingleLine) ranges.add(isScored ? 'answer' : 'margin', { range });
}

/** What stands there is in the hover, as it would push the text aside. */
function addChip(
  document: vscode.TextDocument,
  mark: 'chip' | 'chipAfter',
  offset: number,
  added: Added,
  ranges: DecoratedRanges<Mark>,
): void {
  if (!added.text) return;
  ranges.add(mark, (mark === 'chip' ? before : after)(document, offset, chipOf(added)));
  const around = rangeOf(document, { start: Math.max(0, offset - 1), end: offset + 1 });
  ranges.add('chipText', { range: around, hoverMessage: hoverOf(added) });
}

function before(document: vscode.TextDocument, offset: number, contentText: string): vscode.DecorationOptions {
  const place = document.positionAt(offset);
  return { range: new vscode.Range(place, place), renderOptions: { before: { contentText } } };
}

function after(document: vscode.TextDocument, offset: number, contentText: string): vscode.DecorationOptions {
  const place = document.positionAt(offset);
  return { range: new vscode.Range(place, place), renderOptions: { after: { contentText } } };
}

function options({ highContrast }: Theme): [Mark, vscode.DecorationRenderOptions][] {
  const colour = new vscode.ThemeColor('descriptionForeground');
  const quiet = new vscode.ThemeColor(highContrast ? 'contrastBorder' : 'editorIndentGuide.activeBackground1');
  const chip = { color: colour, border: '1px solid', borderColor: quiet, margin: '0 2px 0 0' };
  const margin = { isWholeLine: true, borderWidth: '0 0 0 2px', borderColor: quiet };
  return [
    ['role', { before: { color: colour, fontStyle: 'italic', margin: '0 4px 0 0' } }],
    ['chip', { before: chip }],
    ['chipAfter', { after: { ...chip, margin: '0 0 0 2px' } }],
    ['chipText', {}],
    // In the line below the letters: their own underline says what rank they had.
    ['scored', { borderWidth: '0 0 1px 0', borderStyle: 'solid', borderColor: colour }],
    ['margin', { ...margin, borderStyle: 'dotted' }],
    ['answer', { ...margin, borderStyle: 'solid' }],
    ['template', { color: colour }],
    ['control', { border: '1px solid', borderColor: quiet }],
  ];
}
