import * as vscode from 'vscode';
import { MODEL_VOCABULARY, shortModelName, vocabularyName } from '../../display/names';
import { ALL_CAPABILITIES } from '../../shared/capabilities';
import type { Span } from '../../shared/tokens';
import type { Tokenizer } from '../../tokenizer';
import { headName } from '../decorations/attention-note';
import type { Decorations } from '../decorations/decorations';
import type { DifferenceAt } from '../decorations/document-difference';
import { rangeOf } from '../documents/spans';
import { tokenLinks } from '../inspector/token-links';
import type { ReadingPart } from '../readings/reading';
import type { Services } from '../services';
import { settings } from '../settings';
import { changesText } from '../status/model-changes';
import { differenceMarkdown, spanMarkdown } from './difference-card';
import { chatTokensAt, type FoundToken, readTokensAt, trackedTokensAt } from './found-token';
import { numberAt, numberCounts, numberLine } from './number-line';
import { type TextAround, textAround } from './text-around';
import {
  footMarkdown,
  nameMarkdown,
  type PaintedWeight,
  pieceMarkdown,
  predictionOf,
  splitMarkdown,
  type TokenCard,
  tokenMarkdown,
} from './token-card';
import { namesByModel, namesIn, type TokenNames } from './token-names';
import { wordOfToken } from './word';

/** Characters on both sides of a token that are looked through for the word it is a part of. */
const WORD_REACH = 60;

/** The vocabulary of what is under the mouse: undefined where nobody has it here. */
interface Vocabulary {
  names: TokenNames;
  own: { name: string; tokenizer: Tokenizer } | undefined;
}

/** What is known of the token under the mouse: from the model where it colours the text, else from the vocabulary of the bands. */
export class TokenHover implements vscode.HoverProvider {
  readonly #services: Services;
  readonly #decorations: Decorations;

  constructor(services: Services, decorations: Decorations) {
    this.#services = services;
    this.#decorations = decorations;
  }

  async provideHover(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.Hover | undefined> {
    const found = this.#tokensAt(document, document.offsetAt(position));
    const [first] = found;
    if (!first) return undefined;
    const vocabulary = await this.#vocabularyOf(found, first);
    const isNumber = numberIn(textAround(this.#services, document, first)) !== undefined;
    const cards: TokenCard[] = [];
    for (const token of found) cards.push(await this.#cardOf(document, token, vocabulary));
    const { t } = vscode.l10n;
    const isSplit = found.length > 1;
    const parts = cards.map((card) => (isSplit ? pieceMarkdown(card, t) : tokenMarkdown(card, t)));
    const difference = this.#decorations.differenceAt(document, first.start);
    if (difference) parts.splice(0, parts.length, ...this.#differenceOf(difference, cards[0] as TokenCard, vocabulary));
    if (isSplit) parts.unshift(splitMarkdown(this.#characterAt(document, position), found.length, t));
    const isOfToken = !isSplit && (difference?.compared.sameVocabulary ?? true);
    const foot = isOfToken ? cards.flatMap((card) => footMarkdown(card, t)) : [];
    const range = rangeOf(document, difference ?? first);
    const gives = this.#services.host.model?.capabilities ?? ALL_CAPABILITIES;
    const links = tokenLinks(document, first, { isNumber, isCompared: difference !== undefined, gives }, foot);
    return new vscode.Hover(
      // Only the links may run commands: what a token holds never does.
      [new vscode.MarkdownString(parts.join('\n\n')), links],
      range,
    );
  }

  #differenceOf(difference: DifferenceAt, token: TokenCard, { names }: Vocabulary): string[] {
    const { t } = vscode.l10n;
    const { a, b } = this.#services.comparison.state ?? {};
    const card = { ...difference, labels: { a: a?.label ?? '', b: b?.label ?? '' } };
    if (!difference.compared.sameVocabulary) return [spanMarkdown(card, t)];
    return [differenceMarkdown(nameMarkdown(token, t), card, names.textOf, t)];
  }

  /** One may be two units long. */
  #characterAt(document: vscode.TextDocument, position: vscode.Position): string {
    const start = document.offsetAt(position);
    const { text, span } = textAround(this.#services, document, { start, end: start + 1 });
    // Of an escape in JSON the editor may ask about the second half of what are two.
    const isHalf = /[\udc00-\udfff]/.test(text[span.start] ?? '');
    return String.fromCodePoint(text.codePointAt(span.start - (isHalf ? 1 : 0)) ?? 0);
  }

  #tokensAt(document: vscode.TextDocument, offset: number): FoundToken[] {
    const known = this.#decorations.readingOf(document);
    const read = known ? readTokensAt(known.reading, offset) : [];
    // What the model thought of a token holds as long as nothing changes before its end.
    if (known && read.length > 0 && read.every(({ end }) => !known.stale || end < known.freshBefore)) {
      return read;
    }
    if (this.#decorations.areBandsOn && this.#services.chats.isApart(document)) {
      return chatTokensAt(this.#services.chatTokens, document, offset);
    }
    const tracked = this.#decorations.areBandsOn ? this.#services.documents.get(document) : undefined;
    return tracked?.settled ? trackedTokensAt(tracked, offset) : [];
  }

  #attentionOn(
    { part, index }: { part: ReadingPart; index: number },
    textOf: (id: number) => string,
  ): PaintedWeight | undefined {
    const painted = this.#decorations.attentionOn(part, index);
    return painted && { weight: painted.weight, query: textOf(painted.query), head: headName(painted.head) };
  }

  async #vocabularyOf(found: readonly FoundToken[], { read }: FoundToken): Promise<Vocabulary> {
    const { tokens, host } = this.#services;
    const { t } = vscode.l10n;
    const isKnown = host.model?.capabilities.hasVocabulary ?? true;
    if (read && !isKnown) return { names: await namesByModel(this.#services, found, t), own: undefined };
    const called = read ? MODEL_VOCABULARY : settings.tokenizer();
    const tokenizer = await tokens.named(called);
    const isOfModel = called === MODEL_VOCABULARY;
    const name = isOfModel ? shortModelName(tokens.model?.name ?? called) : vocabularyName(called);
    return { names: namesIn(tokenizer, t), own: { tokenizer, name } };
  }

  async #cardOf(document: vscode.TextDocument, token: FoundToken, { names, own }: Vocabulary): Promise<TokenCard> {
    const { textOf } = names;
    const { id, read } = token;
    const number = numberIn(textAround(this.#services, document, token));
    const counts = number === undefined ? [] : await numberCounts(this.#services.tokens, own, number);
    return {
      id,
      text: textOf(id),
      bytes: names.bytesOf(id),
      control: names.isControl(id),
      merges: names.mergesOf(id),
      prediction: read && predictionOf(read.part, read.index, textOf),
      changes: changesText(this.#services.readings, vscode.l10n.t),
      word: read && wordIn(document, token, read, textOf),
      attention: read && this.#attentionOn(read, textOf),
      why: read && this.#decorations.contributionOf(read.part, read.index),
      numberLine: number === undefined ? undefined : numberLine(number, counts, vscode.l10n.t),
    };
  }
}

/** The word that a token is a part of, where that has several. */
function wordIn(
  document: vscode.TextDocument,
  { start, end }: Span,
  { part, index }: { part: ReadingPart; index: number },
  textOf: (id: number) => string,
): TokenCard['word'] {
  const { apart } = part;
  const from = Math.max(0, (apart ? (apart.starts[index] ?? 0) : start) - WORD_REACH);
  const around = new vscode.Range(document.positionAt(from), document.positionAt(end + WORD_REACH));
  const word = apart
    ? wordOfToken({ ...part, ...apart }, index, apart.text.slice(from, from + 2 * WORD_REACH), from)
    : wordOfToken(part, index, document.getText(around), from);
  if (!word) return undefined;
  const tokens = Array.from(part.ids.subarray(word.first, word.last + 1), textOf);
  return { text: word.text, tokens, logprob: word.logprob };
}

const numberIn = ({ text, span }: TextAround) => numberAt(text, span);
