import { describe, expect, it } from 'vitest';
import type * as vscode from 'vscode';
import {
  contributionOf,
  type PaintedWhy,
  strongestSources,
  whyAnswer,
} from '../../../src/extension/decorations/painted-why';
import { asksWhatComesNext, whyPlace } from '../../../src/extension/decorations/why-place';
import type { Reading, ReadingPart } from '../../../src/extension/readings/reading';
import type { Why } from '../../../src/shared/why-api';

/** What the editor knows of a text. */
function documentOf(text: string): vscode.TextDocument {
  const lines = text.split('\n');
  return {
    lineCount: lines.length,
    lineAt: (line: number) => ({ text: lines[line], isEmptyOrWhitespace: lines[line]?.trim() === '' }),
    offsetAt: ({ line, character }: vscode.Position) =>
      lines.slice(0, line).join('\n').length + (line && 1) + character,
    positionAt: (offset: number) => {
      const before = text.slice(0, offset).split('\n');
      return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
    },
  } as unknown as vscode.TextDocument;
}

/** A text that was read, a token a piece. */
function readingOf(...pieces: string[]): { part: ReadingPart; reading: Reading } {
  const ends = pieces.map((_, i) => pieces.slice(0, i + 1).join('').length);
  const part = {
    ids: Uint32Array.from(pieces, (_, i) => i),
    starts: Uint32Array.of(0, ...ends.slice(0, -1)),
    ends: Uint32Array.from(ends),
  } as unknown as ReadingPart;
  return { part, reading: { parts: [part] } as unknown as Reading };
}

describe('what the cursor asks about', () => {
  const at = (document: vscode.TextDocument, offset: number) =>
    ({ document, selection: { active: document.positionAt(offset) } }) as unknown as vscode.TextEditor;

  it.each([
    ['the token it is in', 'The mouse', ['The', ' mouse'], 5, 1, false],
    ['at the end of the text what comes next', 'The mouse', ['The', ' mouse'], 9, 2, true],
    ['the same before line breaks that end a file', 'The mouse\n\n', ['The', ' mouse', '\n\n'], 9, 2, true],
    ['and behind them', 'The mouse\n', ['The', ' mouse', '\n'], 10, 3, true],
    ['a line break between lines, for itself', 'The mouse\nate', ['The', ' mouse', '\n', 'ate'], 9, 2, false],
  ])('is %s', (_, text, pieces, cursor, index, isNext) => {
    const document = documentOf(text);
    const { reading, part } = readingOf(...pieces);
    const place = whyPlace(at(document, cursor), reading);
    expect(place).toEqual({ part, index });
    expect(place && asksWhatComesNext(document, place)).toBe(isNext);
  });

  it('is nothing of a text that was not read so far', () => {
    const { reading } = readingOf('The', ' mouse');
    expect(whyPlace(at(documentOf('The mouse ate'), 9), reading)).toBeUndefined();
  });
});

describe('what is painted', () => {
  const why = { sources: Float32Array.of(0.5, -2, 0.25, 1), logitDifference: 3 } as unknown as Why;
  const { part } = readingOf('a', 'b', 'c', 'd', 'e');
  const answer = whyAnswer(why, { token: '·Mary', against: '·John' });
  const painted = { part, position: 4, isNext: false, answer } as unknown as PaintedWhy;

  it('is told by the strongest, for or against, the strongest first, and not by what has no tint', () => {
    expect(answer.largest).toBe(2);
    expect(strongestSources(why.sources, 3, 0)).toEqual([1, 3, 0]);
    expect(strongestSources(why.sources, 5, 0.5)).toEqual([1, 3, 0]);
  });

  it('says of a token what it brings, and nothing of the one that is asked about, of later ones or of another text', () => {
    expect(contributionOf(painted, part, 1)).toEqual({ token: '·Mary', against: '·John', value: -2, of: 3 });
    expect(contributionOf(painted, part, 4)).toBeUndefined();
    expect(contributionOf(painted, readingOf('a', 'b').part, 1)).toBeUndefined();
    expect(contributionOf({ ...painted, answer: undefined }, part, 1)).toBeUndefined();
  });
});
