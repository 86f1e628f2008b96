import type * as vscode from 'vscode';
import { lineWeightOf, logRatioShare } from '../../display/difference-scale';
import { levelOf } from '../../display/tints';
import type { ComparedText } from '../../shared/difference-api';
import type { Span } from '../../shared/tokens';
import { rangeOf } from '../documents/spans';
import { DecoratedRanges, DecorationSet } from './decoration-set';
import type { ComparedPart, DocumentDifference } from './document-differences';
import { levelsFor, quietLevel } from './levels';
import type { Overlay } from './overlays';
import { type Theme, tintOptions, underlineOptions } from './theme';
import { visibleSpans } from './visible';

/** Of the two hues that a difference has. */
const HUES = 2;
const LINES = ['dotted', 'dashed', 'solid'] as const;
const LINE = { width: 1, colour: 'var(--vscode-descriptionForeground)' };

type Name = `${'blue' | 'warm'} ${number}` | (typeof LINES)[number];

/** Tokens on blue where B finds them more probable than A, on the warm hue where less; the line under them says how far both are apart. */
export class DifferenceOverlay implements Overlay {
  readonly #differenceOf: (document: vscode.TextDocument) => DocumentDifference | undefined;
  readonly #decorations = new DecorationSet<Name>(decorationOptions);

  constructor(differenceOf: (document: vscode.TextDocument) => DocumentDifference | undefined) {
    this.#differenceOf = differenceOf;
  }

  draw(editor: vscode.TextEditor): void {
    const known = this.#differenceOf(editor.document);
    if (!known) {
      this.#decorations.clear(editor);
      return;
    }
    // What was compared before an edit stays where the editor has moved it to until that has been compared.
    if (known.version === editor.document.version) this.#decorations.set(editor, rangesOf(editor, known));
  }

  erase(): void {
    this.#decorations.dispose();
  }
}

function rangesOf(editor: vscode.TextEditor, { parts }: DocumentDifference): DecoratedRanges<Name> {
  const ranges = new DecoratedRanges<Name>();
  for (const visible of visibleSpans(editor)) {
    for (const part of parts) {
      for (const { start, end, share, kl } of shownDifferences(part, visible)) {
        const range = rangeOf(editor.document, { start, end });
        const level = quietLevel(levelOf(Math.abs(share)), HUES);
        const line = LINES[lineWeightOf(kl) - 1];
        if (level > 0) ranges.add(`${share > 0 ? 'blue' : 'warm'} ${level}`, { range });
        if (line) ranges.add(line, { range });
      }
    }
  }
  return ranges;
}

/** A token, or a shared span, and where it stands on the scale. */
interface ShownDifference extends Span {
  /** −1 to 1, above 0 where B finds it more probable. */
  share: number;
  /** In nats; 0 where it is not defined. */
  kl: number;
}

function* shownDifferences({ start: shift, compared }: ComparedPart, within: Span): Generator<ShownDifference> {
  for (const shown of compared.sameVocabulary ? tokensOf(compared) : spansOf(compared)) {
    const [start, end] = [shown.start + shift, shown.end + shift];
    if (end > within.start && start < within.end) yield { ...shown, start, end };
  }
}

function* tokensOf({ tokens }: ComparedText): Generator<ShownDifference> {
  for (const [pair, start] of tokens.starts.entries()) {
    const share = logRatioShare((tokens.b.logprob[pair] as number) - (tokens.a.logprob[pair] as number));
    yield { start, end: tokens.ends[pair] as number, share, kl: tokens.kl[pair] as number };
  }
}

/** By the difference a character, since spans are of any length. */
function* spansOf({ text, spans }: ComparedText): Generator<ShownDifference> {
  for (const { start, end, logprobA, logprobB } of spans) {
    const characters = [...text.slice(start, end)].length;
    yield { start, end, share: logRatioShare((logprobB - logprobA) / characters), kl: 0 };
  }
}

/** Nine types: three levels of each hue, three lines. */
function* decorationOptions(theme: Theme): Generator<[Name, vscode.DecorationRenderOptions]> {
  for (const hue of ['blue', 'warm'] as const) {
    for (const level of levelsFor(HUES)) yield [`${hue} ${level}`, tintOptions(hue, theme, level)];
  }
  for (const style of LINES) yield [style, underlineOptions({ style, ...LINE }, theme)];
}
